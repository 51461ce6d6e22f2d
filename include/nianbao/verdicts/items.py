"""Items as a warehouse has them: what they rest on, and how they stand."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa

from nianbao.errors import ConfigurationError
from nianbao.privacy import masked
from nianbao.verdicts.model import Event, Item, Judged, Seen

_SQL = files("nianbao.verdicts") / "sql"
_MISSING = "缺"
"""Stands for a row that the document does not have; a blank cell has an empty text."""


def items_of(con: duckdb.DuckDBPyConnection, keys: Collection[str]) -> dict[str, Item]:
    """Return the findings of these keys that fail in the warehouse.

    Raises `ConfigurationError` for a file that an older program has published.
    """
    rows = failing_rows(con, keys)
    cells = printed_cells(
        con, [(row["report_id"], code) for row in rows for code in row["cells"] or ()]
    )
    numbers = report_numbers(con, {row["report_id"] for row in rows})
    return {row["item_key"]: _item(row, cells, numbers[row["report_id"]]) for row in rows}


def failing_rows(con: duckdb.DuckDBPyConnection, keys: Collection[str]) -> list[dict[str, Any]]:
    """Return the rows of `items.sql`."""
    _wanted(con, "wanted_items", {"item_key": sorted(keys)})
    try:
        return query(con, "items")
    except duckdb.BinderException as error:
        raise ConfigurationError(
            "the published warehouse knows no item keys yet: publish it anew (nianbao publish)"
        ) from error


@dataclass(frozen=True)
class Printed:
    """The cells of some reports as printed, and the labels of their codes."""

    texts: Mapping[tuple[str, str], str]
    labels: Mapping[str, str]

    def of(self, report_id: str, codes: Iterable[str]) -> dict[str, str]:
        """Return the texts of a report's cells; a row that is not there has a word of its own."""
        return {code: self.texts.get((report_id, code), _MISSING) for code in codes}


def printed_cells(con: duckdb.DuckDBPyConnection, wanted: Collection[tuple[str, str]]) -> Printed:
    """Return what the current versions print in some cells."""
    pairs = sorted(set(wanted))
    columns = {"report_id": [one for one, _ in pairs], "code": [code for _, code in pairs]}
    _wanted(con, "wanted_cells", columns)
    rows = query(con, "printed")
    texts = {(row["report_id"], row["code"]): row["raw"] for row in rows if row["raw"] is not None}
    return Printed(texts, {row["code"]: row["label"] for row in rows if row["label"]})


def report_numbers(
    con: duckdb.DuckDBPyConnection, report_ids: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return document, time of its last fetch and hash of all numbers by report."""
    _wanted(con, "wanted_reports", {"report_id": sorted(report_ids)})
    return {row["report_id"]: row for row in query(con, "numbers")}


def seen_of(con: duckdb.DuckDBPyConnection, lasts: Mapping[str, Event]) -> dict[str, Seen]:
    """Return how each item that was decided on stands in a build whose checks have run."""
    found = query(con, "standing")
    failing = {row["item_key"]: row for row in failing_rows(con, lasts.keys())}
    codes = {key: _codes(last, failing.get(key)) for key, last in lasts.items()}
    cells = printed_cells(
        con, [(lasts[key].report_id, code) for key, some in codes.items() for code in some]
    )
    numbers = report_numbers(con, {last.report_id for last in lasts.values()})
    return {
        row["item_key"]: _seen(
            row, lasts[row["item_key"]], failing.get(row["item_key"]), cells, numbers
        )
        for row in found
    }


def _seen(
    row: Mapping[str, Any],
    last: Event,
    failing: Mapping[str, Any] | None,
    cells: Printed,
    numbers: Mapping[str, Mapping[str, Any]],
) -> Seen:
    report = numbers.get(last.report_id, {})
    return Seen(
        standing=row["standing"],
        judged=_judged(failing, cells) if failing else _passing(last, cells),
        rule_version=row["rule_version"],
        sha256=report.get("sha256") or "",
        numbers_digest=report.get("numbers_digest") or "",
        last_seen_at=report.get("last_seen_at"),
        finding=_masked(failing["finding"]) if failing else None,
        labels=cells.labels,
    )


def _codes(last: Event, failing: Mapping[str, Any] | None) -> list[str]:
    return list(failing["cells"] or ()) if failing else list(last.evidence.cells)


def _judged(row: Mapping[str, Any], cells: Printed) -> Judged:
    return Judged(
        cells.of(row["report_id"], row["cells"] or ()),
        row["expected"],
        row["observed"],
        _masked(row["quote"]),
    )


def _passing(last: Event, cells: Printed) -> Judged:
    return Judged(cells.of(last.report_id, last.evidence.cells))


def _item(row: Mapping[str, Any], cells: Printed, report: Mapping[str, Any]) -> Item:
    return Item(
        row["item_key"],
        row["report_id"],
        row["rule_id"],
        row["rule_version"],
        _judged(row, cells),
        row["org_id"],
        row["organisation"],
        row["report_year"],
        row["scope"],
        _masked(row["subject"]) or "",
        _masked(row["subject_zh"]),
        _masked(row["finding"]),
        report["sha256"],
        report["numbers_digest"],
    )


def _masked(text: str | None) -> str | None:
    # The store is handed about more freely than the warehouse.
    return None if text is None else masked(text)


def query(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    """Run one of the statement files and return its rows."""
    found = con.execute((_SQL / f"{name}.sql").read_text("utf-8"))
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _wanted(con: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, list[str]]) -> None:
    # As a table of its own: a registered one is looked up anew in each part of a statement.
    schema = pa.schema([(column, pa.string()) for column in columns])
    con.register("wanted_rows", pa.table(dict(columns), schema=schema))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM wanted_rows")
    con.unregister("wanted_rows")
