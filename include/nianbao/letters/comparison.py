"""Drafts against what was published: rows for the output, and a workbook of the differences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from xlsxwriter import Workbook

from nianbao.letters.words import plain, words
from nianbao.privacy import masked

Row = Mapping[str, Any]
_FAILING = frozenset({"differs", "another_form"})


def compared(matches: Sequence[Row], differences: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield one row per draft, with its differing cells; `differs` where it is not what was published."""
    cells: dict[str, list[dict[str, Any]]] = {}
    for row in differences:
        cells.setdefault(row["report_id"], []).append(_cell(row))
    for match in matches:
        found = cells.get(match["report_id"], [])
        state = match["state"]
        if state == "comparable":
            state = "differs" if found else "equal"
        yield _report(match, state, found)


def unread(row: Row) -> dict[str, Any]:
    """Return the row of a draft that gave no report."""
    return _report(
        {"source_url": row["source_url"]}, "unreadable", (), f"{row['code']}: {row['message']}"
    )


def write_workbook(
    path: Path, rows: Sequence[Row], version: str, harmless: Callable[[str], str]
) -> None:
    """Write the drafts, and the cells that differ, as a workbook for the officer's own eyes.

    `harmless` makes a text safe that a spreadsheet might take for a formula.
    """
    say = _words()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    cells = [
        {**{name: row[name] for name in ("organisation", "report_year", "scope_zh")}, **cell}
        for row in rows
        for cell in row["differences"]
    ]
    reports = [{**row, "cells": len(row["differences"])} for row in rows]
    with Workbook(str(path), options) as book:
        book.set_properties({"title": say["sheets"]["reports"], "comments": version})
        for name, found in (("reports", reports), ("cells", cells)):
            sheet = book.add_worksheet(say["sheets"][name])
            columns = say["report_columns" if name == "reports" else "cell_columns"]
            bold, style = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
            for place, column in enumerate(columns):
                sheet.set_column(place, place, column["width"])
                sheet.write_string(0, place, column["zh"], bold)
                for line, row in enumerate(found, start=1):
                    _write(sheet, (line, place), row.get(column["name"]), style, harmless)
            sheet.freeze_panes(1, 1)


def _report(
    match: Row, state: str, differences: Sequence[Row], told: str | None = None
) -> dict[str, Any]:
    scope, seen, drafted = (
        match.get(name) for name in ("scope", "published_seen_at", "first_seen_at")
    )
    if seen is not None and drafted is not None and seen <= drafted:
        told = _words()["older"]
    return {
        "organisation": match.get("organisation"),
        "report_year": match.get("report_year"),
        "scope": scope,
        "scope_zh": words()["scopes"].get(scope, scope),
        "state": state,
        "state_zh": _words()["states"][state],
        "differs": state in _FAILING,
        "drafts": match.get("drafts"),
        "draft_url": match["source_url"],
        "drafted_at": drafted,
        "published_url": match.get("published_url"),
        "published_seen_at": seen,
        "told": told,
        "differences": list(differences),
    }


def _cell(row: Row) -> dict[str, Any]:
    return {
        "code": row["code"],
        "section": row["section_zh"],
        "row": row["row_zh"],
        "column": row["column_zh"],
        "draft": _shown(row["draft_raw"], row["draft_kind"], row["draft_unit"]),
        "published": _shown(row["raw"], row["kind"], row["unit"]),
        "change": row["change"],
        "change_zh": _words()["changes"][row["change"]],
    }


def _shown(raw: str | None, kind: str, unit: str | None) -> str:
    """Return a cell as printed; a blank and a row that is not there have words of their own."""
    known = _words()["kinds"].get(kind)
    text = plain(raw)
    shown = known or (text if not unit or text.endswith(unit) else f"{text}{unit}")
    return masked(shown)


def _write(
    sheet: Any, at: tuple[int, int], value: Any, style: Any, harmless: Callable[[str], str]
) -> None:
    if isinstance(value, int):
        sheet.write_number(*at, value, style)
    elif value is not None:
        sheet.write_string(*at, harmless(plain(str(value))), style)


@cache
def _words() -> dict[str, Any]:
    text = (files("nianbao.letters") / "comparison.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
