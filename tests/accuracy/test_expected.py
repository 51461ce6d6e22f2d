"""What a document prints, as a person writes it down."""

import json
from decimal import Decimal

import pytest

from nianbao.accuracy.expected import ExpectedCell, expected_schema, read_expected
from nianbao.errors import ConfigurationError

REPORT = {"organisation": "某局", "report_year": 2021, "form": "2021"}


def cells(**given: object) -> dict[str, object]:
    text = json.dumps({"reports": [{**REPORT, "cells": given}]})
    return dict(read_expected("x.json", text).reports[0].cells)


def test_plain_numbers_and_blanks_may_be_written_short() -> None:
    assert cells(a="12", b="", c="1.5", d="unread") == {
        "a": ExpectedCell(raw="12", kind="number", value=Decimal(12)),
        "b": ExpectedCell(raw="", kind="blank"),
        "c": ExpectedCell(raw="1.5", kind="number", value=Decimal("1.5")),
        "d": "unread",
    }


def test_what_needs_understanding_is_written_in_full() -> None:
    cell = {"raw": "减5", "kind": "number", "value": -5}
    assert cells(a=cell) == {"a": ExpectedCell(raw="减5", kind="number", value=Decimal(-5))}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"report": []}',
        '{"reports": [{}]}',
        json.dumps({"reports": [{**REPORT, "cells": {"a": "减5"}}]}),
        json.dumps({"reports": [{**REPORT, "form": "2020"}]}),
        json.dumps({"quirks": [31]}),
    ],
)
def test_what_does_not_fit_the_format_is_refused_by_name(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"x\.pdf\.json"):
        read_expected("x.pdf.json", text)


def test_the_schema_knows_the_short_forms() -> None:
    report = expected_schema()["$defs"]["ExpectedReport"]["properties"]
    forms = report["cells"]["additionalProperties"]["anyOf"]
    assert {one.get("type") or "object" for one in forms} == {"object", "string"}
