"""Real files of every format, form and quirk, each held against what it prints.

`make golden` tells how they came; the committed files are the truth.
"""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from nianbao.documents import read
from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.model import Report
from nianbao.pipeline.accuracy import open_folder
from nianbao.pipeline.files import report_json

FOLDER = Path(__file__).parent
NAMES = sorted(open_folder(FOLDER).pairs)
LARGEST_FOLDER = 6_000_000
"""Bytes: a checkout carries all of it."""


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_as_it_is_printed(golden, name: str) -> None:  # type: ignore[no-untyped-def]
    assert golden.score(name).complaints == ()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_is_json(golden, name: str) -> None:  # type: ignore[no-untyped-def]
    golden.score(name)
    reports = [one for one in golden.read(name) if isinstance(one, Report)]
    assert all(json.loads(json.dumps(report_json(one)))["cells"] is not None for one in reports)


def test_no_document_stands_alone() -> None:
    folder = open_folder(FOLDER)
    assert (folder.without_json, folder.without_document) == ((), ())


def test_every_reader_has_a_document(golden) -> None:  # type: ignore[no-untyped-def]
    readers = {*read._FROM_TEXT, *read._FROM_BYTES, *read.OFFICE, *read._BUNDLES, "gzip"}
    shown = set()
    for name in NAMES:
        try:
            shown.add(format_of(golden.bytes(name)))
        except ReadError:
            continue
    assert readers <= shown


def test_every_quirk_has_a_document(golden) -> None:  # type: ignore[no-untyped-def]
    shown = {quirk for expected in golden.expected.values() for quirk in expected.quirks}
    assert shown == set(range(1, 31))


def test_every_form_has_documents_of_most_formats(golden) -> None:  # type: ignore[no-untyped-def]
    formats: dict[str, set[str | None]] = {}
    for expected in golden.expected.values():
        for report in expected.reports:
            formats.setdefault(report.form, set()).add(expected.format)
    assert {form: len(found) >= 6 for form, found in formats.items()} == dict.fromkeys(
        ("2014", "2019", "2021", "none"), True
    )


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LARGEST_FOLDER


def test_a_score_is_plain_data(golden) -> None:  # type: ignore[no-untyped-def]
    assert json.dumps(asdict(golden.score("html-cms-2019.html")), default=str)
