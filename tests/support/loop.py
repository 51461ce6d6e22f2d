"""An installation with a report whose application row does not add up, and what reviewers do to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl

from nianbao.model import Cell, Report
from nianbao.quality.rule import load_rules
from support.installation import Installation

ROW = "applications.received"
APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "public_interest",
    "legal_services",
    "other",
    "total",
)
RULE = "applications_row_sum"
URL = "http://site/report"


def report(*numbers: str, organisation: str = "第一局", title: str = "年报") -> Report:
    """Return a report with the row `received` of these seven texts; an empty one is blank."""
    cells = tuple(
        Cell(
            f"{ROW}.{name}",
            text,
            "number" if text else "blank",
            int(text) if text else None,  # type: ignore[arg-type]
            f"t1.r1.c{place}",
        )
        for place, (name, text) in enumerate(zip(APPLICANTS, numbers, strict=True), start=2)
    )
    return Report(organisation, 2021, "2021", "agency", title, None, cells=cells)


WRONG = ("1", "0", "0", "0", "0", "0", "3")
OTHERWISE = ("1", "0", "0", "0", "0", "0", "4")


def states(installation: Installation, rule: str = RULE) -> list[tuple[Any, ...]]:
    """Return the states of a rule's failed checks in the published warehouse."""
    return installation.query(
        f"SELECT state, state_by FROM check_results WHERE rule_id = '{rule}' ORDER BY subject"
    )


def the_key(installation: Installation, rule: str = RULE) -> str:
    """Return the key of the one finding of a rule."""
    [(key,)] = installation.query(f"SELECT item_key FROM check_results WHERE rule_id = '{rule}'")
    return str(key)


def fill_in(
    source: Path, target: Path, rows: Mapping[int, Mapping[str, Any]], by: str = ""
) -> None:
    """Fill in a work-list as a person would: values by row of the sheet and heading, and 填表人."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, values in rows.items():
        for heading, value in values.items():
            sheet.cell(number, places[heading]).value = value
    if by:
        book.worksheets[-1]["B5"] = by
    book.save(target)


@contextmanager
def few_rules(name: str = RULE) -> Iterator[None]:
    """Let builds check one rule, which is quicker."""
    rules = tuple(rule for rule in load_rules() if rule.id == name)
    with patch("nianbao.pipeline.warehouse.load_rules", lambda: rules):
        yield
