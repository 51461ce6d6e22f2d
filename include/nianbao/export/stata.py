"""The panel as Stata 118 files, with labels: what Stata 14 and later open, and R and Python too."""
# ruff: noqa: S608 - the names in the statements are the catalog's and our own

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from duckdb import DuckDBPyConnection

from nianbao.export.declared import read_yaml
from nianbao.export.panel import PANEL, Variable
from nianbao.export.source import Published
from nianbao.export.sql import named, quoted

ROWS_OF_A_FILE = 50_000
"""The writer holds a file's rows in memory, some 3 kB each; a longer panel is a file per year."""

_LONGEST_LABEL = 80

CODEBOOK = ("variable", "code", "zh", "en", "unit", "forms")


def write_stata(
    con: DuckDBPyConnection, variables: Sequence[Variable], source: Published, folder: Path
) -> list[Path]:
    """Write the panel as `panel.dta`, or as `panel_<year>.dta` where it is long."""
    folder.mkdir(parents=True, exist_ok=True)
    total = con.execute(f"SELECT count(*) FROM {PANEL}").fetchone()
    if total and total[0] <= ROWS_OF_A_FILE:
        return [_write(con, variables, source, folder / "panel.dta", "true")]
    query = f"SELECT DISTINCT report_year FROM {PANEL} ORDER BY ALL"
    years = [int(year) for (year,) in con.execute(query).fetchall()]
    return [
        _write(con, variables, source, folder / f"panel_{year}.dta", f"report_year = {year}")
        for year in years
    ]


def _write(
    con: DuckDBPyConnection,
    variables: Sequence[Variable],
    source: Published,
    path: Path,
    where: str,
) -> Path:
    codes = {name: dict(words) for name, words in read_yaml("panel.yaml")["codes"].items()}
    columns = ", ".join(_column(variable, codes) for variable in variables)
    frame = con.execute(f"SELECT {columns} FROM {PANEL} WHERE {where} ORDER BY report_id").df()
    coded = {v.name: v.coded for v in variables if v.coded}
    frame = frame.astype(dict.fromkeys(coded, "Int16"))
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        # A time of our own makes two exports of a version equal.
        time_stamp=datetime.fromisoformat(source.published_at).replace(tzinfo=None),
        data_label=f"Nianbao {source.version}"[:_LONGEST_LABEL],
        variable_labels={v.name: v.zh[:_LONGEST_LABEL] for v in variables},
        value_labels={name: dict(codes[words].values()) for name, words in coded.items()},
    )
    return path


def _column(variable: Variable, codes: dict[str, dict[str, list[object]]]) -> str:
    """Texts are never null in Stata; a word with a code becomes its number; a blank stays missing."""
    name = named(variable.name)
    if variable.coded:
        cases = " ".join(
            f"WHEN {quoted(word)} THEN {number}"
            for word, (number, _) in codes[variable.coded].items()
        )
        return f"(CASE {name} {cases} END)::SMALLINT AS {name}"
    return name if variable.is_number else f"coalesce({name}::VARCHAR, '') AS {name}"


def english_labels(variables: Sequence[Variable]) -> str:
    """Return a do-file that gives the panel's variables English labels."""
    lines = ["* English labels for panel.dta: use panel.dta, then do panel_labels_en.do"]
    for variable in variables:
        label = variable.en.replace('"', "'").replace("`", "'").replace("$", "")[:_LONGEST_LABEL]
        lines.append(f'label variable {variable.name} "{label}"')
    return "\n".join(lines) + "\n"


def codebook(variables: Sequence[Variable]) -> list[tuple[str, ...]]:
    """Return a row per column of the panel: labels in both languages, unit, cell code, forms."""
    return [(v.name, v.code, v.zh, v.en, v.unit, v.forms) for v in variables]
