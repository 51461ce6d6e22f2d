"""Pages as content management systems and Word make them."""

from nianbao.documents import read_document
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
