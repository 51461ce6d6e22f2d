"""Every rule's query, run over the warehouse in DuckDB; failures are kept row by row.

A rule's answers are looked at twice: once to count them, once for those that did not pass. They are
stored only for that time, and not at all where they are many. Messages and notes are only made for
what is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.errors import BuildError, ConfigurationError
from nianbao.quality.message import as_text, rendered
from nianbao.quality.rule import Rule
from nianbao.quality.similarity import find_copies
from nianbao.quality.tidy import create_tidy

_FOLDER = files("nianbao.quality")
_TABLES = (
    "check_rules",
    "stored_checks",
    "watched_checks",
    "check_tally",
    "check_reports",
    "check_hints",
    "copied_sections",
    "evaluated_rules",
)
_FEW = 20_000
"""Up to so many reports all answers are kept in a table for a moment and each query is planned once:
planning is most of the work then. Of a million reports the answers about rows and columns would be
gigabytes, and are cheaper to work out twice."""
_OPTIONAL = {
    "cells": "NULL::VARCHAR[]",
    "blanks": "0",
    "quote": "NULL::VARCHAR",
    "location": "NULL::VARCHAR",
}
"""Columns that a query may leave out, and what stands for them then."""


@dataclass(frozen=True)
class CheckTotals:
    """Checks of a whole run, by status."""

    passed: int
    failed: int
    not_assessable: int


def run_checks(
    path: Path,
    rules: Sequence[Rule],
    *,
    keep: Sequence[str] = ("fail",),
    drafts: pa.Table | None = None,
) -> CheckTotals:
    """Run the rules over a staging warehouse and store what they found in it.

    `keep` names the statuses that are kept row by row; the others are counted. Millions of reports
    have too many passes to keep, a handful of files has not. `drafts` are the cells of reports
    before publication (see `tidy.build.DRAFTS`), which no warehouse holds.
    Raises `BuildError` with the rule's id where a rule's query fails.
    """
    with duckdb.connect(str(path)) as con:
        check(con, rules, keep=keep, drafts=drafts)
        return totals(con)


def check(
    con: duckdb.DuckDBPyConnection,
    rules: Sequence[Rule],
    *,
    keep: Sequence[str] = ("fail",),
    drafts: pa.Table | None = None,
) -> None:
    """Do what `run_checks` does in an open connection."""
    for table in _TABLES:  # an earlier run over the same file is forgotten
        con.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    con.execute("SET VARIABLE kept = ?", [list(keep)])
    create_tidy(con, drafts)
    if any(rule.theme == "copying" for rule in rules):
        find_copies(con)
    con.execute(_sql("before.sql"))
    are_few = _count(con, "checked_reports") < _FEW
    for number, rule in enumerate(rules):
        _run(con, number, rule, keep_answers=are_few or not rule.has_many_subjects)
    for name in ("blame.sql", "hints.sql", "after.sql"):
        con.execute(_sql(name))


def totals(con: duckdb.DuckDBPyConnection) -> CheckTotals:
    """Count the checks of a warehouse by status."""
    counts = con.execute(
        "SELECT sum(passed), sum(failed), sum(not_assessable) FROM check_tally"
    ).fetchone()
    passed, failed, not_assessable = (int(count or 0) for count in counts or (0, 0, 0))
    return CheckTotals(passed, failed, not_assessable)


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(con.table(table).count("*").fetchall()[0][0])


def _run(con: duckdb.DuckDBPyConnection, number: int, rule: Rule, *, keep_answers: bool) -> None:
    _register(con, number, rule)
    con.execute("SET VARIABLE rule_number = ?", [number])
    for name in ("id", "version", "severity", "subject_kind", "blame"):
        con.execute(f"SET VARIABLE rule_{name} = ?", [getattr(rule, name)])
    con.execute("SET VARIABLE rule_forms = ?", [list(rule.forms)])
    kind = "TABLE" if keep_answers else "VIEW"
    try:
        con.execute(f"CREATE OR REPLACE TEMP {kind} answered AS {rule.sql}")
        columns = {
            name: str(type_) for name, type_, *_ in con.execute("DESCRIBE answered").fetchall()
        }
        con.execute(_outcome(columns))
        con.execute(_sql("store.sql"))
        if _is_watched(con, rule):
            con.execute(_sql("watched.sql"))
        con.execute(_pending(rule, columns))
        con.execute("DROP VIEW outcome")
        con.execute(f"DROP {kind} answered")
    except (duckdb.Error, ConfigurationError) as error:
        raise BuildError(f"rule {rule.id}: {error}") from error


def _is_watched(con: duckdb.DuckDBPyConnection, rule: Rule) -> bool:
    """Tell whether somebody has decided on a finding of the rule."""
    return (
        con.execute("SELECT 1 FROM watched WHERE rule_id = ? LIMIT 1", [rule.id]).fetchone()
        is not None
    )


def _register(con: duckdb.DuckDBPyConnection, number: int, rule: Rule) -> None:
    stored = {
        "rule_number": number,
        "rule_id": rule.id,
        "rule_version": rule.version,
        **rule.model_dump(
            include={
                "theme", "severity", "forms", "subject_kind", "title_zh", "title_en", "basis_zh", "basis_en",
                "advice_zh", "advice_en", "sql",
            }
        ),
    }  # fmt: skip
    values = [list(value) if isinstance(value, tuple) else value for value in stored.values()]
    marks = ", ".join("?" * len(values))
    con.execute(f"INSERT INTO check_rules ({', '.join(stored)}) VALUES ({marks})", values)  # noqa: S608


def _outcome(columns: Mapping[str, str]) -> str:
    """Return the statement that names the answers' reports by number and completes the columns."""
    names = [name for name in columns if name not in ("report", "report_id")]
    absent = [f"{value} AS {name}" for name, value in _OPTIONAL.items() if name not in columns]
    chosen = ", ".join(["report", *names, *absent])
    joined = "" if "report" in columns else " JOIN checked_reports USING (report_id)"
    return f"CREATE OR REPLACE TEMP VIEW outcome AS SELECT {chosen} FROM answered{joined}"  # noqa: S608


def _pending(rule: Rule, columns: Mapping[str, str]) -> str:
    """Return the statement that keeps the rows that are kept, with labels and messages."""
    zh, en = (rule.message.zh, rule.message.en) if rule.message else _PLAIN
    texts = {
        "expected": as_text("expected", columns["expected"]),
        "observed": as_text("observed", columns["observed"]),
        "message_zh": rendered(zh, "zh", columns),
        "message_en": rendered(en, "en", columns),
    }
    return _sql("pending.sql").format(**texts)


_PLAIN = (
    "{place}：填报 {observed}，应为 {expected}。{note}",
    "{place}: printed {observed}, expected {expected}. {note}",
)
"""How a rule without a message of its own is told."""


def _sql(name: str) -> str:
    return (_FOLDER / "sql" / name).read_text("utf-8")
