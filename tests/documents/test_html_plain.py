"""A row of a table read from its mark-up gives what its nodes give, whatever stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nianbao.documents.html.plain import plain_cells
from nianbao.documents.html.table import _from_nodes

PIECES = (
    *("<td>", "</td>", "<th>", "<td rowspan=2>", "<td colspan='2%' class=a>", "<td nowrap>"),
    *("7", " 12 ", "&nbsp;", "&amp;nbsp;", "&lt;b&gt;", "规章", "\u3000", "\n", '"', ">", "&", "<"),
    *("<td title='a>b'>", "<p>", "</p>", "<br>", "<span>", "</span>", "<o:p>", "<font color=red>"),
    *("<b title='</td><td>9'>", "<sup>1</sup>", "<s>3</s>", "<i class=MsoFootnoteReference>6</i>"),
    *("<span style='VERTICAL-ALIGN: super'>2</span>", "<span style='color:transparent'>4</span>"),
    *(
        "<span style='display:block'>5</span>",
        "<img src=a.gif>",
        "<img src=spacer.gif>",
        "<v:shape>",
    ),
    *(
        "<input value=8>",
        "<input type=hidden>",
        "<!-- </td><td>9 -->",
        "<pre>\n5</pre>",
        "<math><mi>1",
    ),
    *("<xmp></td><td>9</xmp>", "<svg><td>9</td></svg>", "<textarea>\n5</textarea>"),
    *("<template>9</template>", "<button>5</button>", "<object>5</object>"),
)


def rows(markup: str) -> list[LexborNode]:
    return LexborHTMLParser(f"<table><tbody><tr>{markup}</table>").css("tr")


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(max_examples=400, deadline=None)
def test_both_ways_agree(markup: str) -> None:
    for row in rows(markup):
        plain = plain_cells(row.inner_html or "")
        assert plain is None or plain == list(_from_nodes(row))


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<td>7</td><td>&nbsp;</td>", ["7", ""]),
        ("<td>7<td>8", ["7", "8"]),
        ("<td><b title='</td><td>9'>7</b></td>", ["7"]),
        ("<th>a</th><td><p><span>7</span><o:p></o:p></p></td>", ["a", "7"]),
        ("<td>5<sup>1</sup></td>", ["5[1]"]),
        ("<td>5<span style='TEXT-DECORATION: LINE-THROUGH'>1</span></td>", ["5[1]"]),
        ("<td><img src=a.gif></td>", ["[picture]"]),
    ],
)
def test_what_pages_hold_mostly_is_plain(markup: str, texts: list[str]) -> None:
    [row] = rows(markup)
    assert [text for _, text in plain_cells(row.inner_html or "") or []] == texts


@pytest.mark.parametrize(
    "markup",
    [
        "<td>7<!-- </td><td>9 --></td>",
        "<td><svg><td>9</svg></td>",
    ],
)
def test_what_hides_an_end_tag_is_left_to_the_nodes(markup: str) -> None:
    [row] = rows(markup)
    assert plain_cells(row.inner_html or "") is None
