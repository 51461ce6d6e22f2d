"""Pages as content management systems and Word make them."""

import pytest

from nianbao.documents import read_document
from nianbao.errors import ReadError
from nianbao.model import Table


def only_table(html: str) -> Table:
    [table] = read_document(html.encode()).tables
    return table


def texts(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid]


def test_spans_cover_their_squares() -> None:
    table = only_table(
        "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
    )
    assert texts(table) == [["a", "b", "b"], ["a", "c", "d"]]


def test_a_span_that_leaves_the_table_ends_with_it() -> None:
    table = only_table("<table><tr><td rowspan=99>a<td>b<tr><td>c</table>")
    assert len(table.grid) == 2


def test_unclosed_tags_do_no_harm() -> None:
    table = only_table("<body><p>x<table><tr><td>1<td><b>2<tr><td>3<td>4")
    assert texts(table) == [["1", "2"], ["3", "4"]]


def test_layout_tables_are_walked_through() -> None:
    document = read_document(
        b"<table><tr><td><p>left</p></td><td><table><tr><td>1<td>2</table></td></tr></table>"
    )
    assert [p.text for p in document.paragraphs] == ["left"]
    assert len(document.tables) == 1


def test_word_markup_leaves_its_text() -> None:
    table = only_table(
        "<table><tr><td><p class=MsoNormal><span style='mso-bidi:1'>总</span><span> 计</span></p>"
        "<td><o:p>&nbsp;</o:p></table>"
    )
    assert texts(table) == [["总 计", ""]]


def test_lines_of_a_cell_are_kept_apart() -> None:
    table = only_table("<table><tr><td><p>一</p><p>二</p><td>三<br>四</table>")
    assert texts(table) == [["一\n二", "三\n四"]]


def test_the_article_is_taken_and_navigation_left() -> None:
    text = "正文" * 200
    document = read_document(
        f"<body><ul><li>首页</ul><div id=zoom><p>{text}</p></div><div>版权所有</div>".encode()
    )
    assert [p.text for p in document.paragraphs] == [text]


def test_a_table_outside_the_container_is_not_lost() -> None:
    text = "正文" * 200
    document = read_document(
        f"<div id=zoom><p>{text}</p></div><table><tr><td>1<td>2</table>".encode()
    )
    assert len(document.tables) == 1


def test_title_and_date_come_from_the_national_meta_tags() -> None:
    document = read_document(
        b"<meta name=ArticleTitle content=T><meta content='2021-01-28 09:00' name=pubdate><p>x"
    )
    assert document.metadata == {"title": "T", "published_on": "2021-01-28"}


def test_the_date_may_stand_in_the_page() -> None:
    document = read_document("<body><p>发布时间：2021年1月8日 浏览次数：3</p>".encode())
    assert document.metadata["published_on"] == "2021-01-08"


def test_scripts_and_styles_are_no_text() -> None:
    document = read_document(b"<body><script>var a='1'</script><style>p{}</style><p>x</p>")
    assert [p.text for p in document.paragraphs] == ["x"]


def test_deep_nesting_is_read() -> None:
    document = read_document(b"<body>" + b"<div>" * 3000 + b"x")
    assert [p.text for p in document.paragraphs] == ["x"]


def test_a_footnote_mark_does_not_run_into_the_number() -> None:
    table = only_table("<table><tr><td>5<sup>2</sup><td><s>5</s>6<td>1<span>2</span></table>")
    assert texts(table) == [["5[2]", "[5]6", "12"]]


def test_hidden_text_is_not_printed() -> None:
    table = only_table("<table><tr><td><span style='display: none'>9</span>5<td>6</table>")
    assert texts(table) == [["5", "6"]]


def test_blocks_of_every_kind_part_the_lines_of_a_cell() -> None:
    cells = "<td><section>1</section><section>2</section><td><h5>3</h5>4<td><dl><dd>5<dd>6</dl>"
    block = "<td>7<span style='display: block'>8</span>"
    assert texts(only_table(f"<table><tr>{cells}{block}</table>")) == [
        ["1\n2", "3\n4", "5\n6", "7\n8"]
    ]


def test_what_no_reader_sees_joins_no_number() -> None:
    cells = (
        "<td>1<span hidden>9</span><td>2<span style='visibility:hidden'>9</span>"
        "<td>3<script>9</script><td>4<span style='vertical-align: super'>9</span>"
        "<td>5<span style='text-decoration:line-through'>9</span>"
    )
    assert texts(only_table(f"<table><tr>{cells}</table>")) == [["1", "2", "3", "4[9]", "5[9]"]]


def test_a_hidden_table_is_not_read() -> None:
    page = b"<p>x<div style='display:none'><table><tr><td>1<td>2</table></div>"
    assert read_document(page).tables == ()


@pytest.mark.parametrize(
    "value",
    [
        "<img src=n.gif>",
        "<input value=5>",
        "<select><option>5</select>",
        "<canvas></canvas>",
        "<v:shape></v:shape>",
        "<textarea>5</textarea>",
    ],
)
def test_a_cell_that_shows_something_is_not_blank(value: str) -> None:
    [[_, cell]] = texts(only_table(f"<table><tr><td>1<td>{value}</table>"))
    assert "[picture]" in cell


@pytest.mark.parametrize(
    "value", ["<img src=spacer.gif>", "<img src=a.gif width=1>", "<input type=hidden value=5>"]
)
def test_what_shows_nothing_leaves_a_cell_blank(value: str) -> None:
    assert texts(only_table(f"<table><tr><td>1<td>{value}</table>")) == [["1", ""]]


@pytest.mark.parametrize(
    "mark",
    [
        "<ruby><rt>1</rt></ruby>",
        "<span style='mso-text-raise:6.0pt'>1</span>",
        "<span style='vertical-align:60%'>1</span>",
        "<SPAN STYLE='VERTICAL-ALIGN: super'>1</SPAN>",
        "<span class=MsoFootnoteReference>1</span>",
        "<span style='font-size:0px'>1</span>",
        "<span style='opacity:0'>1</span>",
        "<span style='color:transparent'>1</span>",
        "<span style='visibility:collapse'>1</span>",
        "<span style='position:absolute;left:-9999px'>1</span>",
        "<span class=x>1</span>",
        "<span class=hide>1</span>",
    ],
)
def test_a_digit_that_is_raised_or_unseen_joins_no_number(mark: str) -> None:
    style = "<style>p{color:red} .x,.y{opacity:0} @media print{.z{display:none}}</style>"
    assert texts(only_table(f"{style}<table><tr><td>1<td>48{mark}</table>")) == [["1", "48[1]"]]


def test_a_style_for_some_screens_hides_nothing() -> None:
    style = "<style>@media print{.z{display:none}} td{vertical-align:top}</style>"
    cells = "<td>4<span class=z>8</span><td><span style='vertical-align:middle'>1</span>"
    assert texts(only_table(f"{style}<table><tr>{cells}</table>")) == [["48", "1"]]


def test_a_table_of_too_many_squares_is_refused() -> None:
    rows = "<tr><td>1" * 5000 + "<tr>" + "<td>1" * 20_000
    with pytest.raises(ReadError) as caught:
        read_document(f"<table>{rows}</table>".encode())
    assert caught.value.code == "over_limit"


def test_tables_in_tables_are_counted_once() -> None:
    page = read_document(("<table><tr><td>" * 3000 + "x").encode())
    assert [p.text for p in page.paragraphs] == ["x"]


def test_capitals_in_a_style_raise_a_mark_all_the_same() -> None:
    table = only_table(
        "<table><tr><td>a<td>b<tr><td>c<td>7<span style='Vertical-Align: Super'>2</span></table>"
    )
    assert texts(table)[1] == ["c", "7[2]"]


def test_of_two_containers_the_more_particular_one_is_the_article() -> None:
    table = "<table><tr><td>1<td>2</table>"
    document = read_document(
        f"<div class=ccontent>menu<div class='a TRS_Editor'>{'文' * 200}{table}</div></div>".encode()
    )
    assert [p.text for p in document.paragraphs] == ["文" * 200]
