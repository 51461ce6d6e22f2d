"""Sample reports written as `.docx` and read again: every cell as printed, and none silently wrong."""

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.documents.docx.read import read_docx
from nianbao.errors import ReadError
from nianbao.sample.errors import printed_reports
from support.bundle_writer import with_damaged_part
from support.docx_writer import HARMS, Noise, docx_bytes
from support.office_checks import score

REPORTS = st.sampled_from(printed_reports())
HARMLESS = st.builds(
    Noise,
    seed=st.integers(0, 10_000),
    automatic_numbers=st.booleans(),
    split_runs=st.booleans(),
    tracked_changes=st.booleans(),
    hidden_text=st.booleans(),
    content_controls=st.booleans(),
    in_layout_table=st.booleans(),
    title_in_text_box=st.booleans(),
    old_merges=st.booleans(),
)
HARMFUL = st.builds(Noise, seed=st.integers(0, 10_000), harm=st.sampled_from(HARMS))


def test_every_cell_of_every_report_is_read_as_printed() -> None:
    for report in printed_reports():
        counts = score(report, read_docx(docx_bytes(report)))
        assert counts["right"] == len(report.cells), report.key


@settings(max_examples=15, deadline=None)
@given(REPORTS, HARMLESS)
def test_noise_changes_nothing(report, noise) -> None:  # type: ignore[no-untyped-def]
    counts = score(report, read_docx(docx_bytes(report, noise)))
    assert counts["right"] == len(report.cells)


@settings(max_examples=25, deadline=None)
@given(REPORTS, HARMFUL)
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
