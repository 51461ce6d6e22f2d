"""Printed cells, facts and reports against read ones."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nianbao.accuracy.cells import score_cells
from nianbao.accuracy.expected import ExpectedDocument, ExpectedFact, ExpectedReport
from nianbao.accuracy.facts import score_facts
from nianbao.accuracy.score import DocumentScore, score_document
from nianbao.accuracy.tally import Counts, tally
from nianbao.errors import ReadError
from nianbao.model import Cell, Fact, Finding, Report

CODE = "applications.received.total"
PRINTED = ExpectedReport.model_validate(
    {"organisation": "某局", "report_year": 2021, "form": "2021", "cells": {CODE: "12"}}
)
CELL = Cell(CODE, "12", "number", Decimal(12), "t1.r3.c9")
READ = Report("某局", 2021, "2021", "agency", "某局2021年报告", None, cells=(CELL,))


def scored(cell: Cell | None, *findings: Finding, printed: Any = "12") -> tuple[int, int, int]:
    report = PRINTED.model_copy(update={"cells": PRINTED.cells if printed == "12" else printed})
    score = score_cells(report.cells, [cell] if cell else [], findings)
    return score.right + score.honest, len(score.flagged), len(score.silent)


def warning(code: str, message: str = "", location: str = "") -> Finding:
    return Finding(code, "warning", message, location)


UNREAD = replace(CELL, raw="一 | 1 | 2", kind="text", value=None, location="t1.r3")


@pytest.mark.parametrize(
    ("cell", "findings", "expected"),
    [
        (CELL, [], (1, 0, 0)),
        (replace(CELL, unit="件"), [], (0, 0, 1)),
        (replace(CELL, raw="21", value=Decimal(21)), [], (0, 0, 1)),
        (replace(CELL, raw="", kind="blank", value=None), [], (0, 0, 1)),
        (None, [], (0, 0, 1)),
        (UNREAD, [], (0, 0, 1)),
        (UNREAD, [warning("row_unread", location="t1.r3")], (0, 1, 0)),
        (UNREAD, [warning("row_unread", location="t1.r30")], (0, 0, 1)),
        (None, [warning("missing_row", "row 一 (applications.received) is not there")], (0, 1, 0)),
        (None, [warning("missing_row", "row 一 (applications.received_x) is off")], (0, 0, 1)),
        (None, [warning("table_missing", "table applications 申请 is not there")], (0, 1, 0)),
        (None, [warning("no_known_table")], (0, 1, 0)),
    ],
)
def test_a_cell_is_right_flagged_or_silently_wrong(
    cell: Cell | None, findings: list[Finding], expected: tuple[int, int, int]
) -> None:
    assert scored(cell, *findings) == expected


def test_a_note_excuses_nothing() -> None:
    note = Finding("label_variant", "info", CODE, "t1.r3")
    assert scored(replace(CELL, raw="21", value=Decimal(21)), note) == (0, 0, 1)


def test_what_is_not_printed_may_only_be_missing() -> None:
    assert scored(replace(CELL, raw="", kind="missing", value=None), printed={}) == (0, 0, 0)
    assert scored(replace(CELL, raw="", kind="blank", value=None), printed={}) == (0, 0, 1)
    assert scored(CELL, printed={}) == (0, 0, 1)


def test_what_nobody_can_tell_must_be_left_unread_with_a_finding() -> None:
    unread = {CODE: "unread"}
    assert scored(UNREAD, warning("row_unread", location="t1.r3"), printed=unread) == (1, 0, 0)
    assert scored(UNREAD, printed=unread) == (0, 0, 1)
    assert scored(CELL, printed=unread) == (0, 0, 1)


def fact(measure: str, value: int) -> Fact:
    return Fact(measure, Decimal(value), "件", "…", "p1")


def test_facts_are_right_missed_or_wrong() -> None:
    stated = [ExpectedFact(measure="received", value=Decimal(3))]
    assert score_facts(stated, (), [fact("received", 3)]).right == 1
    assert len(score_facts(stated, (), []).missed) == 1
    other = score_facts(stated, (), [fact("received", 4), fact("answered", 1)])
    assert (len(other.missed), len(other.wrong)) == (1, 1)
    assert len(score_facts((), ("received",), [fact("received", 4)]).wrong) == 1


def document(*found: Report | ReadError, **expected: Any) -> DocumentScore:
    given = ExpectedDocument.model_validate({"reports": [PRINTED], **expected})
    return score_document("x.PDF", given, found)


def test_a_document_as_printed_has_no_complaints() -> None:
    score = document(READ)
    assert (score.complaints, score.format, score.right_share) == ((), "pdf", 1.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"organisation": "他局"}, "organisation: 某局 read as 他局"),
        ({"report_year": None}, "report_year: 2021 read as nothing"),
        ({"form": "2019"}, "form: 2021 read as 2019"),
        ({"scope": "area"}, "scope: agency read as area"),
    ],
)
def test_identity_is_compared(change: dict[str, Any], words: str) -> None:
    assert document(replace(READ, **change)).complaints == (words,)


def test_the_day_is_compared_where_it_is_said() -> None:
    day = replace(READ, published_on="2022-01-05")
    assert document(day).complaints == ()
    none = PRINTED.model_validate({**PRINTED.model_dump(), "published_on": None})
    assert document(day, reports=[none]).complaints != ()


def test_missing_and_invented_reports_are_told() -> None:
    other = replace(READ, organisation="他局", title="他局2021年报告")
    assert document(READ, other).invented == ("他局2021年报告",)
    assert "missing report on form 2021" in document(ReadError("damaged", "…")).complaints


def test_reports_are_paired_by_body_and_year() -> None:
    other = replace(READ, organisation="他局", cells=())
    second = PRINTED.model_copy(update={"organisation": "他局", "cells": {}})
    assert document(other, READ, reports=[PRINTED, second]).complaints == ()


def test_a_refusal_is_expected_by_its_code() -> None:
    refused = ReadError("encrypted", "…")
    assert document(refused, reports=[], errors=["encrypted"]).complaints == ()
    assert document(refused, reports=[], errors=["damaged"]).complaints == (
        "not refused as damaged",
        "refused as encrypted",
    )


def test_sums_are_by_format_and_form() -> None:
    lines = tally([document(READ), document(READ), document(ReadError("x", ""), reports=[])])
    assert [(line.format, line.form, line.counts.documents) for line in lines] == [
        ("pdf", "2021", 2),
        ("pdf", "—", 1),
        ("all", "all", 3),
    ]
    expected = Counts(documents=2, reports=2, identity_right=2, right=2)
    assert lines[0].counts == expected
