"""Rich text as Word, WPS and LibreOffice write it."""

import random

import pytest

from nianbao.documents.rtf.read import read_rtf
from nianbao.errors import ReadError
from nianbao.model import Document
from support.docx_report import HARMS, Noise
from support.office_checks import score
from support.office_formats import converted
from support.office_parts import reports, with_distinct_numbers
from support.office_writer import needs_office

NOISES = [
    Noise(),
    Noise(1, automatic_numbers=True, split_runs=True),
    Noise(2, tracked_changes=True, title_in_text_box=True),
    Noise(3, hidden_text=True, in_layout_table=True),
    Noise(6, old_merges=True, widths="slivers"),
    Noise(7, widths="uneven"),
    Noise(8, content_controls=True, tracked_changes=True),
    *(Noise(seed, harm=harm) for seed in (4, 5) for harm in HARMS),
]
HEAD = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}}"
ROW = rb"\trowd\trleft0\cellx1000\cellx2000 \pard\intbl "


def rich(body: bytes) -> Document:
    return read_rtf(HEAD + body + b"}")


def texts(body: bytes) -> list[str]:
    return [paragraph.text for paragraph in rich(body).paragraphs]


def squares(document: Document) -> list[list[str]]:
    [table] = document.tables
    return [[cell.text if cell else "" for cell in row] for row in table.grid]


@needs_office
def test_every_cell_is_read_as_printed_and_doubtful_ones_with_a_finding() -> None:
    drawn = [with_distinct_numbers(report, 1) for report in reports()[::3]]
    cases = list(zip(drawn, NOISES, strict=False))
    for (report, noise), data in zip(cases, converted(cases, "rtf"), strict=True):
        counts = score(report, read_rtf(data))
        assert counts["wrong"] == 0, noise
        sure = not (noise.harm or noise.content_controls)
        assert not sure or counts["right"] == len(report.cells), noise


@pytest.mark.parametrize(
    "text",
    [
        rb"\u24180\'3f\u25253\'3f",
        rb"\uc2\u24180\'c4\'ea\u25253\'b1\'a8",
        rb"\uc0\u24180\u25253",
        rb"\f1\'c4\'ea\'b1\'a8",
        rb"\f0\'c4\'ea\'b1\'a8",
        "年报".encode("gb18030"),
        rb"\f1\'c4\'ea{\b \'b1\'a8}",
    ],
)
def test_chinese_however_it_is_written(text: bytes) -> None:
    assert texts(text + rb"\par") == ["年报"]


def test_the_second_byte_of_a_character_may_be_a_letter() -> None:
    assert texts(rb"\f1\'81@\'81A\par") == [b"\x81@\x81A".decode("gb18030")]


def test_a_number_whose_form_field_goes_on_is_not_sure() -> None:
    field = rb"{\field{\*\fldinst FORMTEXT}{\fldrslt 126673\u13\'0d}}\par"
    assert texts(field) == ["126673\ufffd"]


def test_characters_beyond_16_bits_come_in_two_halves() -> None:
    assert texts(rb"\u-10179\'3f\u-9138\'3f\par") == ["\U0001f44e"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb"1{\deleted 3}2", "1[3]2"),
        (rb"1{\revised 3}2", "1[3]2"),
        (rb"{\deleted 20}{\revised 35}", "35"),
        (rb"8{\v 9}", "8"),
        (rb"8{\v 9}7", "8[9]7"),
        (rb"12{\super 1}", "12[1]"),
        (rb"{\strike 1}7", "[1]7"),
        (rb"5{\super\chftn{\footnote\pard 7}}", "5[1]"),
        (rb"{\field{\*\fldinst PAGE 9}{\fldrslt 3}}", "3"),
        (rb"{\listtext\pard\plain 1.\tab}x", "1.x"),
        (rb"{\*\bkmkstart a}1{\*\bkmkend a}2", "12"),
        (rb"1{\*\revtbl 9}\revdttmdel-2074015744 2", "12"),
        (rb"{\pict\bin3 }}}1}2", "2"),
        (rb"a\~b\_c\tab d", "a b-c d"),
    ],
)
def test_what_is_printed(body: bytes, expected: str) -> None:
    assert texts(body + rb"\par") == [expected]


def test_rows_and_cells() -> None:
    table = rich(ROW + rb"a\cell b\par c\cell\row " + ROW + rb"d\cell 5\cell\row\pard x\par")
    assert squares(table) == [["a", "b\nc"], ["d", "5"]]


def test_cells_merged_across_by_their_edges_and_by_name() -> None:
    wide = rb"\trowd\cellx2000\pard\intbl w\cell\row "
    named = rb"\trowd\clmgf\cellx1000\clmrg\cellx2000\pard\intbl n\cell\cell\row "
    assert squares(rich(ROW + rb"a\cell b\cell\row " + wide + named)) == [
        ["a", "b"],
        ["w", "w"],
        ["n", "n"],
    ]


def test_cells_merged_downwards() -> None:
    first = rb"\trowd\clvmgf\cellx1000\cellx2000\pard\intbl a\cell b\cell\row "
    more = rb"\trowd\clvmrg\cellx1000\cellx2000\pard\intbl\cell c\cell\row "
    [table] = rich(first + more + more).tables
    assert [(c.text, c.row, c.row_span) for c in table.cells if c.column == 0] == [("a", 0, 3)]


def test_a_table_in_a_cell_is_a_table_and_the_outer_one_layout() -> None:
    inner = (
        rb"\pard\intbl\itap2 a\nestcell b\nestcell"
        rb"{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}"
    )
    outer = rb"\trowd\cellx3000\pard\intbl " + inner + rb"\pard\intbl x\cell\row\pard y\par"
    assert squares(rich(outer)) == [["a", "b"]]
    assert texts(outer) == ["x", "y"]


def test_a_row_that_does_not_end_is_left_out() -> None:
    assert squares(rich(ROW + rb"a\cell b\cell\row " + ROW + rb"c\cell 12")) == [["a", "b"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (HEAD + rb"\pard x", "damaged"),
        (HEAD + rb"{\pict 00", "damaged"),
        (b"}", "damaged"),
        (b"{" * 5000, "over_limit"),
        (HEAD + rb"\pard\intbl\itap99 x\nestcell}", "over_limit"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_rtf(data)
    assert raised.value.code == code


def test_damaged_files_end_in_one_kind_of_error() -> None:
    dice = random.Random(5)
    whole = HEAD + (ROW + rb"\u24180\'3f a\cell {\b 12}\cell\row ") * 20 + rb"\pard x\par}"
    words = [b"\\trowd", b"\\cellx-9", b"\\row", b"{", b"}", b"\\itap3", b"\\nestcell", b"\\bin9 "]
    for _ in range(600):
        data = whole
        for _ in range(dice.randrange(1, 12)):
            at = dice.randrange(len(data))
            data = data[:at] + dice.choice(words) + data[at + dice.randrange(8) :]
        try:
            read_rtf(data)
        except ReadError as error:
            code = error.code
        else:
            code = ""
        assert code in {"", "damaged", "over_limit"}
