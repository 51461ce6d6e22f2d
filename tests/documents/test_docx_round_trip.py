"""Sample reports written as `.docx` and read again: every cell as printed, and none silently wrong."""

import contextlib
import random

import pytest
from hypothesis import given, settings

from nianbao.documents.docx.read import read_docx
from nianbao.errors import ReadError
from nianbao.sample.errors import printed_reports
from support.bundle_writer import with_damaged_part
from support.docx_report import Noise, docx_bytes
from support.office_checks import score
from support.office_formats import DOCX_HARMFUL, DOCX_HARMLESS, REPORTS
from support.office_parts import reports


def test_every_cell_of_every_report_is_read_as_printed() -> None:
    for report in reports():
        counts = score(report, read_docx(docx_bytes(report)))
        assert counts["right"] == len(report.cells), report.key


@settings(max_examples=15, deadline=None)
@given(REPORTS, DOCX_HARMLESS)
def test_noise_changes_nothing(report, noise) -> None:  # type: ignore[no-untyped-def]
    counts = score(report, read_docx(docx_bytes(report, noise)))
    assert counts["right"] == len(report.cells)


@settings(max_examples=25, deadline=None)
@given(REPORTS, DOCX_HARMFUL)
def test_what_is_doubtful_is_never_silently_wrong(report, noise) -> None:  # type: ignore[no-untyped-def]
    counts = score(report, read_docx(docx_bytes(report, noise)))
    assert counts["wrong"] == 0


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_end_in_one_kind_of_error(seed: int) -> None:
    rng = random.Random(seed)
    whole = docx_bytes(printed_reports()[seed], Noise(automatic_numbers=True))
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 30)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        del data[rng.choice([len(data), rng.randrange(len(data))]) :]
        with contextlib.suppress(ReadError):
            read_docx(bytes(data))


def test_damage_inside_the_parts_ends_in_one_kind_of_error() -> None:
    rng = random.Random(2)
    whole = docx_bytes(printed_reports()[1], Noise(automatic_numbers=True, hidden_text=True))
    for _ in range(60):
        with contextlib.suppress(ReadError):
            read_docx(with_damaged_part(whole, rng))
