"""The rows of docs/operations.md that tell of the DAGs: when they run, and what their forms take."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from nianbao.pipeline.watching.health import words
from nianbao_airflow import names, params, season

WHEN: Final[Mapping[str, tuple[str, ...]]] = {
    names.HARVEST_DAG: season.CRONS,
    names.WAREHOUSE_DAG: (),
    names.HEALTH_DAG: season.HEALTH_CRONS,
    names.DEADLINES_DAG: season.DEADLINE_CRONS,
    names.HOUSEKEEPING_DAG: season.HOUSEKEEPING_CRONS,
}
FORMS: Final[Mapping[str, Mapping[str, Any]]] = {
    names.HARVEST_DAG: params.HARVEST_PARAMS,
    names.HEALTH_DAG: params.HEALTH_PARAMS,
    names.DEADLINES_DAG: params.DEADLINES_PARAMS,
    names.HOUSEKEEPING_DAG: params.HOUSEKEEPING_PARAMS,
}


def timetable_rows() -> Iterator[tuple[str, ...]]:
    """Yield each DAG with its cron lines, in Chinese time, and the runs that they make in a year."""
    for dag_id, crons in WHEN.items():
        lines = "<br>".join(f"`{line}`" for line in crons) or "after each harvest (asset)"
        yield f"`{dag_id}`", lines, str(season.runs_a_year(crons)) if crons else "–"


def form_rows() -> Iterator[tuple[str, ...]]:
    """Yield each field of the forms."""
    for dag_id, fields in FORMS.items():
        for name, field in fields.items():
            default = json.dumps(field.value, ensure_ascii=False)
            told = field.schema.get("description_md") or ""
            english = told.partition("\n\n")[2] or field.schema["title"]
            yield f"`{dag_id}`", f"`{name}`", field.schema["title"], f"`{default}`", english


def health_rows() -> Iterator[tuple[str, ...]]:
    """Yield each thing that can be wrong with a portal."""
    for name, one in words().items():
        yield f"`{name}`", one["severity"], one["zh"], one["en"]
