"""Every rule's query, run once over the warehouse in DuckDB; failures are kept row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb

from nianbao.errors import BuildError
from nianbao.forms import load_forms
from nianbao.quality.rule import Rule

_FOLDER = files("nianbao.quality")


@dataclass(frozen=True)
class CheckTotals:
    """Checks of a whole run, by status."""

    passed: int
    failed: int
    not_assessable: int


def run_checks(
    path: Path, rules: Sequence[Rule], *, keep: Sequence[str] = ("fail",)
) -> CheckTotals:
    """Run the rules over a staging warehouse and store what they found in it.

    `keep` names the statuses that are kept row by row; the others are counted. Millions of reports
    have too many passes to keep, a handful of files has not.
    Raises `BuildError` with the rule's id where a rule's query fails.
    """
    with duckdb.connect(str(path)) as con:
        for name in ("macros.sql", "tidy.sql"):
            con.execute((_FOLDER / name).read_text("utf-8"))
        _store_labels(con)
        _clear(con)
        con.execute("SET VARIABLE kept = ?", [list(keep)])
        for rule in rules:
            _run(con, rule)
        return totals(con)


def totals(con: duckdb.DuckDBPyConnection) -> CheckTotals:
    """Count the checks of a warehouse by status."""
    counts = con.execute(
        "SELECT sum(passed), sum(failed), sum(not_assessable) FROM check_counts"
    ).fetchone()
    passed, failed, not_assessable = (int(count or 0) for count in counts or (0, 0, 0))
    return CheckTotals(passed, failed, not_assessable)


def _clear(con: duckdb.DuckDBPyConnection) -> None:
    """Forget an earlier run over the same file, so that a repeated task gives the same result."""
    for table in ("check_rules", "check_results", "check_counts", "evaluated_rules"):
        con.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def _run(con: duckdb.DuckDBPyConnection, rule: Rule) -> None:
    con.execute(
        "INSERT INTO check_rules VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            rule.id,
            rule.severity,
            list(rule.forms),
            rule.subject_kind,
            rule.title_zh,
            rule.title_en,
            rule.basis,
            rule.sql,
        ],
    )
    statements = (_FOLDER / "store.sql").read_text("utf-8")
    con.execute("SET VARIABLE rule_id = ?", [rule.id])
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE answered AS {rule.sql}")
        con.execute(statements)
    except duckdb.Error as error:
        raise BuildError(f"rule {rule.id}: {error}") from error


def _store_labels(con: duckdb.DuckDBPyConnection) -> None:
    """Give the queries the printed label of each subject."""
    con.execute(
        "CREATE TEMP TABLE subject_labels"
        " (form VARCHAR, kind VARCHAR, subject VARCHAR, zh VARCHAR, en VARCHAR)"
    )
    con.executemany("INSERT INTO subject_labels VALUES (?, ?, ?, ?, ?)", list(_labels()))


def _labels() -> Iterator[tuple[str, str, str, str, str]]:
    for form in load_forms().values():
        yield form.name, "table", "report", "整份报告", "Whole report"
        for table in form.tables:
            yield form.name, "table", table.code, table.spec.zh, table.spec.en
            for block in table.blocks:
                for row in block.rows:
                    path = (" > ".join(row.path), " > ".join(row.path_en))
                    yield form.name, f"{table.code}.row", row.code, *path
            for column in table.spec.columns:
                yield form.name, f"{table.code}.column", column.code, column.zh, column.en
