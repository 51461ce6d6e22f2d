"""Reports drawn as OFD pages, by the habits of several writers, and read again."""

import io
import random
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.documents.ofd.read import read_ofd
from nianbao.errors import ReadError
from nianbao.model import Document
from nianbao.sample.content import title_of
from nianbao.sample.errors import printed_reports
from nianbao.sample.layout import Square
from support.ofd_pictures import turned_right
from support.ofd_writer import NAMESPACE, OfdLook, Pages, draw_table, ofd_bytes, package
from support.office_checks import score

REPORTS = st.sampled_from(printed_reports())
LOOKS = st.builds(
    OfdLook,
    filled_lines=st.booleans(),
    per_character=st.booleans(),
    scaled=st.booleans(),
    twice=st.booleans(),
    page_numbers=st.booleans(),
    absolute_paths=st.booleans(),
    repeat_header=st.booleans(),
)
CODES = frozenset(["damaged", "encrypted", "over_limit", "no_text_layer"])


def drawn(*objects: str) -> Document:
    return read_ofd(package(Pages(OfdLook(page_numbers=False), [list(objects)])))


def text(content: str, x: float, y: float, attributes: str = "", inside: str = "") -> str:
    return (
        f'<ofd:TextObject ID="0" Boundary="{x} {y} 50 5" Font="1" Size="5" {attributes}>{inside}'
        f'<ofd:TextCode X="0" Y="4">{content}</ofd:TextCode></ofd:TextObject>'
    )


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("report", printed_reports()[::6], ids=lambda report: report.organisation)
def test_every_cell_is_read_as_printed(report) -> None:  # type: ignore[no-untyped-def]
    document = read_ofd(ofd_bytes(report))
    assert score(report, document)["right"] == len(report.cells)
    assert document.metadata["title"] == title_of(report)


@settings(max_examples=6, deadline=None)
@given(REPORTS, LOOKS)
def test_the_writer_makes_no_difference(report, look) -> None:  # type: ignore[no-untyped-def]
    assert score(report, read_ofd(ofd_bytes(report, look)))["right"] == len(report.cells)


@settings(max_examples=5, deadline=None)
@given(REPORTS, st.floats(0.2, 3.0))
def test_digits_set_apart_are_never_silently_wrong(report, apart) -> None:  # type: ignore[no-untyped-def]
    document = read_ofd(ofd_bytes(report, OfdLook(digits_apart=apart)))
    assert score(report, document)["wrong"] == 0


def test_merged_cells_keep_their_spans() -> None:
    pages = Pages(OfdLook(page_numbers=False))
    draw_table(
        pages,
        (
            Square("a", 0, 0, row_span=2),
            Square("b", 0, 1, column_span=2),
            Square("c", 1, 1),
            Square("d", 1, 2),
        ),
    )
    [table] = read_ofd(package(pages)).tables
    spans = [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells]
    assert spans == [("a", 0, 0, 2, 1), ("b", 0, 1, 1, 2), ("c", 1, 1, 1, 1), ("d", 1, 2, 1, 1)]


def test_characters_stand_where_the_short_form_of_distances_puts_them() -> None:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="g 2 5 12 5">共三件年报</ofd:TextCode>'
    found = drawn(
        f'<ofd:TextObject ID="0" Boundary="20 20 99 5" Font="1" Size="5">{code}</ofd:TextObject>'
    )
    assert texts(found) == ["共三件 年报"]


def test_pages_on_their_side_are_turned() -> None:
    data = ofd_bytes(printed_reports()[2])
    expected = read_ofd(data)
    for quarters in (1, 2, 3):
        assert read_ofd(turned_right(data, quarters)) == expected


def test_a_cell_says_where_it_is_drawn() -> None:
    pages = Pages(OfdLook(page_numbers=False))
    draw_table(pages, (Square("1", 0, 0), Square("2", 0, 1), Square("3", 1, 0), Square("4", 1, 1)))
    [table] = read_ofd(package(pages)).tables
    # 25 and 105 millimetres are 71 and 298 points; each row is 6.16 millimetres high.
    assert [cell.where for cell in table.cells[:2]] == [
        "page 1, box 71 71 298 88",
        "page 1, box 298 71 524 88",
    ]


def test_what_cannot_be_seen_is_left_out() -> None:
    white = '<ofd:FillColor Value="255 255 255"/>'
    document = drawn(
        text("年报", 20, 20),
        text("1", 40, 20, 'Visible="false"'),
        text("2", 50, 20, 'Fill="false"'),
        text("3", 60, 20, inside=white),
        text("4", 70, 20, inside='<ofd:FillColor Value="0 0 0" Alpha="0"/>'),
        text("5", 400, 20),
        text("水印", 90, 20, 'CTM="0.7 0.7 -0.7 0.7 0 0"'),
    )
    assert texts(document) == ["年报"]


def test_a_struck_out_number_is_marked() -> None:
    line = (
        '<ofd:PathObject ID="0" Boundary="{x} 22.2 5 0.2" LineWidth="0.2">'
        "<ofd:AbbreviatedData>M 0 0 L 5 0</ofd:AbbreviatedData></ofd:PathObject>"
    )
    document = drawn(text("共", 20, 20), text("17", 25, 20), text("件", 30, 20), line.format(x=25))
    assert texts(document) == ["共[17]件"]


def test_pages_come_in_the_order_of_the_document_and_with_their_templates() -> None:
    files = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>/D/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "D/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
        "0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:TemplatePage ID="9" BaseLoc="T.xml"/></ofd:CommonData>'
        '<ofd:Pages><ofd:Page ID="1" BaseLoc="2.xml"/><ofd:Page ID="2" BaseLoc="1.xml"/></ofd:Pages>'
        "</ofd:Document>",
        "D/T.xml": page(text("红头文件", 60, 50)),
        "D/1.xml": page(text("第二页", 20, 100)),
        "D/2.xml": page(text("第一页", 20, 100), '<ofd:Template TemplateID="9"/>'),
    }
    assert texts(read_ofd(zipped(files))) == ["红头文件", "第一页", "第二页"]


def page(objects: str, template: str = "") -> str:
    return (
        f"<ofd:Page {NAMESPACE}>{template}<ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content>"
        "</ofd:Page>"
    )


def zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in files.items():
            container.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("objects", "code"),
    [
        ('<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="2"/>', "no_text_layer"),
        ('<ofd:PathObject ID="1" Boundary="0 0 9 9"/>' * 100_001, "over_limit"),
    ],
)
def test_what_cannot_be_read_is_said(objects: str, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        drawn(objects)
    assert raised.value.code == code


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    with pytest.raises(ReadError, match="document type"):
        read_ofd(zipped({"OFD.xml": bomb}))


def test_a_page_that_is_named_a_thousand_times_is_refused() -> None:
    whole = ofd_bytes(printed_reports()[0])
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        files = {name: source.read(name).decode() for name in source.namelist()}
    name = next(name for name in files if name.endswith("Document.xml"))
    named = re.search(r"<ofd:Page [^>]*/>", files[name])
    assert named
    files[name] = files[name].replace(named[0], named[0] * 1_000)
    with pytest.raises(ReadError) as raised:
        read_ofd(zipped(files))
    assert raised.value.code == "over_limit"


def test_damaged_files_end_in_one_kind_of_error() -> None:
    dice = random.Random(3)
    stored = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(ofd_bytes(printed_reports()[0]))) as whole,
        zipfile.ZipFile(stored, "w") as container,
    ):
        for name in whole.namelist():
            container.writestr(name, whole.read(name)[:3000])
    for data in (stored.getvalue(), ofd_bytes(printed_reports()[1])):
        for _ in range(100):
            changed = bytearray(data)
            for _ in range(dice.randrange(1, 20)):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            del changed[dice.choice([len(changed), dice.randrange(len(changed))]) :]
            try:
                read_ofd(bytes(changed))
            except ReadError as error:
                code = error.code
            else:
                code = ""
            assert code in CODES | {""}
