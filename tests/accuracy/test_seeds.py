"""The founding reports, scored like any other folder; their own files say what they print."""

import json
from pathlib import Path

import pytest

from nianbao.accuracy.expected import ExpectedDocument, read_expected
from nianbao.accuracy.score import score_document
from nianbao.pipeline.accuracy import read_files

pytestmark = pytest.mark.seeds


def adapted(path: Path) -> ExpectedDocument:
    """Return the file of a founding report in our format: it holds one report and nothing around it."""
    given = json.loads(path.read_text("utf-8"))
    names = ("organisation", "report_year", "form", "cells")
    report = {name: given[name] for name in names}
    return read_expected(path.name, json.dumps({"format": "seed", "reports": [report]}))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_founding_report_is_read_as_it_is_printed(number: str, seeds: Path) -> None:
    [text] = seeds.glob(f"{number}_*.txt")
    found = read_files({text.name: text.read_bytes()})[text.name]
    score = score_document(text.name, adapted(text.with_suffix(".expected.json")), found)
    assert score.complaints == ()
    assert (len(score.reports[0].cells.flagged), score.reports[0].cells.asked > 0) == (0, True)
