"""The tables of docs/operations.md that are made from data: alerts, metrics, roles.

    python -m nianbao_airflow.docs [--check]

Each stands between `<!-- NAME: made by … -->` and `<!-- end of NAME -->`; the rest of the page is
written by hand. `nianbao generate` can't make them: the library knows no Airflow.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from airflow.sdk.exceptions import AirflowTaskTimeout

from nianbao import errors
from nianbao.errors import ConfigurationError
from nianbao_airflow.access.roles import roles
from nianbao_airflow.docs_dags import form_rows, health_rows, timetable_rows
from nianbao_airflow.failures import TABLE, Answer
from nianbao_airflow.metrics.declared import metrics
from nianbao_airflow.notify.kinds import advice_for, alerts, kind_of

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
COMMAND: Final = "python -m nianbao_airflow.docs"


def alert_table() -> str:
    """Return which alert fires when, and to whom."""
    rows = (
        (
            f"`{name}`",
            kind.purpose,
            ", ".join(kind.to),
            kind.level,
            f"{kind.repeat_hours:g} h",
            ", ".join(f"`{field}`" for field in kind.same),
        )
        for name, kind in alerts().alerts.items()
    )
    heads = ("alert", "fires when", "to", "level", "told again after", "the same alert is the same")
    return _table(heads, rows)


def failure_table() -> str:
    """Return what becomes of a failure, by class of error: what Airflow does, then which alert."""
    found: dict[tuple[str, ...], list[str]] = {}
    for error in _errors():
        found.setdefault(_fate(error), []).append(f"`{error.__name__}`")
    heads = ("a task raises", "Airflow", "because", "then the alert", "says")
    return _table(heads, ((", ".join(names), *fate) for fate, names in found.items()))


def _errors() -> list[type[Exception]]:
    """Return the library's errors that reach a task, and what else the retry table names."""
    bases = {errors.NianbaoError, errors.FetchError}
    ours = (one for one in vars(errors).values() if isinstance(one, type))
    reached = [one for one in ours if issubclass(one, errors.NianbaoError) and not _is_outcome(one)]
    found = [*reached, *(row.error for row in TABLE), MemoryError, AirflowTaskTimeout]
    return [one for one in dict.fromkeys(found) if one not in bases]


def _is_outcome(error: type[Exception]) -> bool:
    """Tell whether the line of PermanentFetchError speaks for it: the crawl makes an outcome of it."""
    general = errors.PermanentFetchError
    return issubclass(error, general) and error is not general


def _fate(error: type[Exception]) -> tuple[str, ...]:
    row = next((row for row in TABLE if issubclass(error, row.error)), None)
    if row and row.answer is Answer.SKIP:
        return row.answer.value, row.reason, "–", "–"
    answer = (row.answer.value, row.reason) if row else ("retry", "it may have been chance")
    return *answer, f"`{kind_of(error)}`", advice_for(error)


def metric_table() -> str:
    """Return every metric by the name that is sent, without Airflow's own prefix."""
    rows = (
        (
            _names(one.names),
            one.type,
            one.unit,
            ", ".join(one.steps[:4]) + _more(one.steps),
            one.help,
        )
        for one in metrics()
    )
    return _table(("name", "type", "unit", "after", "meaning"), rows)


def role_table() -> str:
    """Return the roles."""
    rows = ((f"`{one.name}`", one.zh, f"`{one.like}`", one.help) for one in roles())
    return _table(("role", "", "starts from", "may"), rows)


def timetable_table() -> str:
    """Return when each DAG runs."""
    return _table(("DAG", "runs (Asia/Shanghai)", "times a year"), timetable_rows())


def form_table() -> str:
    """Return what may be set when a run is triggered."""
    return _table(("DAG", "parameter", "in the form", "default", "meaning"), form_rows())


def health_table() -> str:
    """Return what can be wrong with a portal."""
    return _table(("problem", "severity", "", "meaning"), health_rows())


TABLES: Final[dict[str, Callable[[], str]]] = {
    "alerts": alert_table,
    "failures": failure_table,
    "metrics": metric_table,
    "roles": role_table,
    "timetable": timetable_table,
    "forms": form_table,
    "health": health_table,
}


def renewed(page: str) -> str:
    """Return a page with its tables made anew; ConfigurationError where one has no place."""
    for name, table in TABLES.items():
        begin, end = f"<!-- {name}: made by {COMMAND} -->", f"<!-- end of {name} -->"
        head, found, rest = page.partition(begin)
        _, ended, tail = rest.partition(end)
        if not (found and ended):
            raise ConfigurationError(f"{PAGE.name} has no place for the table {name}: {begin}")
        page = f"{head}{begin}\n{table()}\n{end}{tail}"
    return page


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page, or with `--check` tell whether it is current (1 where it is not)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args(arguments).check
    page = PAGE.read_text(encoding="utf-8")
    new = renewed(page)
    if only_check:
        return int(new != page)
    PAGE.write_text(new, encoding="utf-8")
    return 0


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(one.replace('|', '/') for one in line)} |" for line in lines)


def _names(names: Sequence[str]) -> str:
    if len(names) <= 3:
        return "<br>".join(f"`{name}`" for name in names)
    stem = names[0].rsplit(".", 1)[0]
    return f"`{stem}.<step>`"


def _more(steps: Sequence[str]) -> str:
    return f" and {len(steps) - 4} more" if len(steps) > 4 else ""


if __name__ == "__main__":
    sys.exit(main())
