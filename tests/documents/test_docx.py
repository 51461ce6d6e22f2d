"""Word's `.docx`: what is printed, with its true rows and columns, and nothing else."""

import io

import pytest
from docx import Document as WordDocument

from nianbao.documents.docx.read import read_docx
from nianbao.errors import ReadError
from nianbao.model import Paragraph, Table
from support import docx_writer as word
from support.docx_writer import cell, paragraph, run


def read_table(xml: str) -> list[list[str]]:
    [table] = read_docx(word.package(xml)).tables
    return texts(table)


def texts(table: Table) -> list[list[str]]:
    return [[square.text if square else "" for square in row] for row in table.grid]


def cell_text(content: str) -> str:
    """Return how a cell with this content is read."""
    return read_table(word.table(cell(content) + cell(paragraph(run("0")))))[0][0]


def lines(body: str, **parts: str) -> list[str]:
    return [p.text for p in read_docx(word.package(body, **parts)).paragraphs]


# --- tables


def test_spans_cover_their_squares() -> None:
    xml = word.table(
        cell(paragraph(run("a")), '<w:gridSpan w:val="2"/>') + cell(paragraph(run("b"))),
        cell(paragraph(run("c")), '<w:vMerge w:val="restart"/>')
        + cell(paragraph(run("d")))
        + cell(paragraph(run("e"))),
        cell("<w:p/>", "<w:vMerge/>") + cell(paragraph(run("f"))) + cell(paragraph(run("g"))),
    )
    assert read_table(xml) == [["a", "a", "b"], ["c", "d", "e"], ["c", "f", "g"]]


def test_merges_made_by_the_library_of_the_format() -> None:
    document = WordDocument()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(1, 1)).text = "m"
    out = io.BytesIO()
    document.save(out)
    [read] = read_docx(out.getvalue()).tables
    assert texts(read) == [["m", "m", "02"], ["m", "m", "12"], ["20", "21", "22"]]


def test_a_continued_cell_with_nothing_above_is_a_cell_of_its_own() -> None:
    xml = word.table(
        cell(paragraph(run("1")), "<w:vMerge/>") + cell(paragraph(run("2"))),
    )
    assert read_table(xml) == [["1", "2"]]


def test_columns_skipped_before_a_row_stay_empty() -> None:
    skipped = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>"
    [table] = read_docx(
        word.package(
            word.table(
                cell(paragraph(run("a"))) + cell(paragraph(run("b"))),
                skipped + cell(paragraph(run("c"))),
            )
        )
    ).tables
    assert table.grid[1][0] is None
    assert texts(table)[1] == ["", "c"]


def test_layout_tables_are_walked_through() -> None:
    inner = word.text_table(("1", "2"))
    body = word.table(cell(paragraph(run("left"))) + cell(inner + "<w:p/>"))
    document = read_docx(word.package(body))
    assert [type(block) for block in document.blocks] == [Paragraph, Table]


def test_blocks_keep_their_order_and_count_from_one() -> None:
    body = paragraph(run("一")) + word.text_table(("a", "b")) + paragraph(run("二"))
    document = read_docx(word.package(body))
    assert [block.place for block in document.blocks] == ["p1", "t1", "p2"]


def test_deleted_and_hidden_rows_are_not_printed() -> None:
    xml = word.table(
        '<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>' + cell("<w:p/>") * 2,
        "<w:trPr><w:hidden/></w:trPr>" + cell(paragraph(run("9"))) * 2,
        cell(paragraph(run("1"))) + cell(paragraph(run("2"))),
    )
    assert read_table(xml) == [["1", "2"]]


# --- what stands beside a number


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (run("2") + run("0"), "20"),
        (run("5") + run("2", '<w:vertAlign w:val="superscript"/>'), "5[2]"),
        (run("5", "<w:strike/>") + run("6"), "[5]6"),
        (run("5", "<w:dstrike/>") + run("6"), "[5]6"),
        (run("5", '<w:strike w:val="0"/>') + run("6"), "56"),
        (run("5") + run("2", '<w:position w:val="8"/>'), "5[2]"),
        (run("5") + "<w:r><w:footnoteReference w:id='2'/></w:r>", "5[1]"),
        (run("5") + run("9", "<w:vanish/>"), "5"),
        (run("5") + run("9", "<w:vanish/>") + run("1"), "5[9]1"),
        (run("5") + "<w:r><w:sym w:font='Wingdings' w:char='F081'/></w:r>", "5\ufffd"),
        (run("5") + run("2", '<w:rFonts w:ascii="Wingdings"/>'), "5\ufffd"),
        (run("一\n二"), "一\n二"),
        (run("总") + "<w:r><w:tab/></w:r>" + run("计"), "总 计"),
    ],
)
def test_marks_do_not_run_into_numbers(content: str, printed: str) -> None:
    assert cell_text(paragraph(content)) == printed


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (word.deleted("5") + word.inserted(run("6")), "6"),
        (run("收到") + word.deleted("了"), "收到"),
        (run("12") + word.inserted(run("3")), "12[3]"),
        (run("1") + word.deleted("2") + run("3"), "1[2]3"),
        (word.deleted("1") + run("2"), "[1]2"),
        (run("12") + word.deleted("3") + word.inserted(run("4")), "12[3][4]"),
        (run("1") + word.deleted("、") + run("2"), "1[、]2"),
        (run("22") + word.inserted(run("（其中修订16件）")), "22（其中修订16件）"),
        (run("七十") + word.inserted(run("五")) + run("条"), "七十[五]条"),
    ],
)
def test_a_change_inside_a_number_is_never_a_number(content: str, printed: str) -> None:
    assert cell_text(paragraph(content)) == printed


def test_hidden_by_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Own"><w:basedOn w:val="Base"/></w:style>'
    )
    body = paragraph(run("看") + run("不见", '<w:rStyle w:val="Own"/>'))
    assert lines(body, styles=styles) == ["看"]


def test_a_field_prints_its_result_and_not_its_instruction() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(ABOVE)</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("7")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert cell_text(paragraph(field)) == "7"
    assert cell_text(paragraph(field.replace("=SUM(ABOVE)", "IF ") + run("件"))) == "7件"


def test_a_field_that_draws_a_sign_does_not_vanish() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\o(○,1) </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert cell_text(paragraph(run("5") + field)) == "5[EQ \\o(○,1)]"


def test_a_number_drawn_as_a_picture_is_not_a_blank() -> None:
    inline = (
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing"/></w:drawing></w:r>'
    )
    assert cell_text(paragraph(inline)) == "\ufffc"
    assert lines(paragraph(inline)) == []


def test_a_drawing_in_a_cell_without_text_is_not_a_blank() -> None:
    drawing = "<w:r><w:drawing/></w:r>"
    assert cell_text(paragraph(drawing)) == "\ufffc"
    assert cell_text(paragraph(run("5") + drawing)) == "5"


def test_text_boxes_are_read_once() -> None:
    box = word.text_box(paragraph(run("标题")))
    assert lines(paragraph(run("一") + box) + paragraph(run("二"))) == ["一", "标题", "二"]


def test_line_breaks_part_paragraphs() -> None:
    assert lines(paragraph(run("一、总体情况\n正文"))) == ["一、总体情况", "正文"]


# --- numbering


def numbered_lines(levels: str, *depths: int, nums: str = word.num(1, 1)) -> list[str]:
    lists = f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>{nums}'
    body = "".join(paragraph(run("甲"), word.numbered(1, depth)) for depth in depths)
    return [line.removesuffix("甲") for line in lines(body, numbering=lists)]


def test_headings_carry_the_number_that_word_prints() -> None:
    levels = word.level(0, "chineseCounting", "%1、") + word.level(
        1, "chineseCountingThousand", "（%2）"
    )
    assert numbered_lines(levels, 0, 1, 1, 0, 1) == ["一、", "（一）", "（二）", "二、", "（一）"]


def test_a_label_may_show_the_levels_above() -> None:
    levels = word.level(0, "japaneseCounting", "%1、") + word.level(
        1, "decimal", "%1.%2", "<w:isLgl/>"
    )
    assert numbered_lines(levels, 0, 1, 1) == ["一、", "1.1 ", "1.2 "]


def test_a_level_may_count_on_through_the_one_above() -> None:
    levels = word.level(0, "decimal", "%1、") + word.level(
        1, "decimal", "%2）", '<w:lvlRestart w:val="0"/>'
    )
    assert numbered_lines(levels, 0, 1, 0, 1) == ["1、", "1）", "2、", "2）"]


def test_a_list_may_start_where_it_likes() -> None:
    levels = word.level(0, "ideographTraditional", "%1．", start=3)
    assert numbered_lines(levels, 0, 0) == ["丙．", "丁．"]
    assert numbered_lines(levels, 0, 0, nums=word.restarted(1, 1, 5)) == ["戊．", "己．"]


def test_lists_of_one_definition_count_on_until_restarted() -> None:
    lists = (
        f'<w:abstractNum w:abstractNumId="1">{word.level(0, "decimal", "%1、")}</w:abstractNum>'
        + word.num(1, 1)
        + word.num(2, 1)
        + word.restarted(3, 1)
    )
    body = "".join(paragraph(run("甲"), word.numbered(number)) for number in (1, 2, 3, 2))
    assert lines(body, numbering=lists) == ["1、甲", "2、甲", "1、甲", "2、甲"]


def test_numbers_may_come_from_the_style() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="1">'
        + word.level(0, "decimal", "%1、")
        + word.level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="Sub"/>')
        + f"</w:abstractNum>{word.num(1, 1)}"
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="Sub"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    sub = '<w:pStyle w:val="Sub"/>'
    off = f'{sub}<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = paragraph(run("甲"), sub) + paragraph(run("乙"), off) + paragraph(run("丙"), sub)
    assert lines(body, numbering=lists, styles=style) == ["（一）甲", "乙", "（二）丙"]


def test_an_automatic_number_does_not_run_into_a_printed_one() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="1">'
        + word.level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')
        + f"</w:abstractNum>{word.num(1, 1)}"
    )
    xml = word.table(cell(paragraph(run("5"), word.numbered(1))) + cell(paragraph(run("0"))))
    [table] = read_docx(word.package(xml, numbering=lists)).tables
    assert texts(table) == [["1 5", "0"]]


def test_a_bullet_is_no_minus_and_no_text() -> None:
    assert numbered_lines(word.level(0, "bullet", "-"), 0) == [""]


# --- the file


def with_title(title: str, body: str) -> bytes:
    document = WordDocument(io.BytesIO(word.package(body)))
    document.core_properties.title = title
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_title_of_the_properties_serves_only_where_the_text_has_none() -> None:
    assert read_docx(with_title("甲局2021年报", paragraph(run("正文")))).metadata == {
        "title": "甲局2021年报"
    }
    stale = with_title("甲局2020年报", paragraph(run("甲局2021年报")))
    assert read_docx(stale).metadata == {}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04", "damaged"),
        (word.package(paragraph(run("x")))[:-40], "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_docx(data)
    assert raised.value.code == code
