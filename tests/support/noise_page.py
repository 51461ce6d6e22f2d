"""What stands around reports on a page, and how the page becomes bytes."""

import codecs
from collections.abc import Collection
from html import escape
from random import Random

PAGE_NOISE = (
    "layout tables",
    "navigation",
    "site page",
    "word page",
    "scripts",
    "related links",
    "unclosed divisions",
    "preface",
)
ENCODINGS = (
    "gbk",
    "gb18030",
    "utf-8 bom",
    "utf-16 le",
    "utf-16 be",
    "wrong meta",
    "no meta",
    "late meta",
)
_MENU = "".join(f"<li><a href='/{n}'>{name}</a></li>" for n, name in enumerate(
    ("首页", "政务公开", "办事服务", "互动交流")))  # fmt: skip
_WORD_HEAD = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    "<style><!--\n@font-face {font-family:宋体;}\np.MsoNormal {margin:0cm;}\n"
    'table{mso-style-name:"a"}\n--></style>'
)


def page_of(rng: Random, body: str, title: str, date: str, noise: Collection[str]) -> str:
    """Return a whole page around the mark-up of one or several reports."""
    if "unclosed divisions" in noise:
        body = f'<div class="a"><p>{body}<div><div></p></span>'
    if "layout tables" in noise:
        body = _in_tables(rng, body)
    if "site page" in noise:
        body = f'<div class="main-txt"><h1>{escape(title)}</h1><div id="zoom">{body}</div></div>'
    if "navigation" in noise:
        body = _with_menu(body)
    if "related links" in noise:
        links = "".join(
            f"<li><a>柳坪县水务局{y}年政府信息公开工作年度报告</a></li>" for y in (2020, 2022)
        )
        body += f"<div class='side'><h3>相关链接</h3><ul>{links}</ul></div>"
    if "scripts" in noise:
        body = "<script>var t='<table><tr><td>7</td></tr></table>';</script>" + body
        body += (
            "<script>/* </div> */ document.write('<td>8</td>')</script><!-- <table><tr><td>9 -->"
        )
    preface = (
        "\n" * 500 + f"<!-- {'x' * rng.choice([100, 25_000])} -->" if "preface" in noise else ""
    )
    return f"{preface}<!DOCTYPE html><html><head>{_head(title, date, noise)}</head><body>{body}</body></html>"


def _head(title: str, date: str, noise: Collection[str]) -> str:
    head = f"<title>{escape(title)}-样例网</title>"
    head += f'<meta name="ArticleTitle" content="{escape(title)}"><meta name="PubDate" content="{date}">'
    return head + (_WORD_HEAD if "word page" in noise else "")


def _in_tables(rng: Random, body: str) -> str:
    """Return the body in one, two or three tables that only arrange the page."""
    for _ in range(rng.randint(1, 3)):
        beside = rng.choice(["", "<td>　</td>", "<td><ul><li>左栏</ul></td>"])
        above = rng.choice(
            ["", "<tr><td colspan=3>当前位置：首页 &gt; 年报</td></tr>", "<tr><td></td></tr>"]
        )
        body = f'<table width="980" align="center">{above}<tr>{beside}<td>{body}</td></tr></table>'
    return body


def _with_menu(body: str) -> str:
    date = "<td>公开日期：</td><td>2023-01-30</td>"
    table = f"<table><tr><td>索引号：</td><td>0001/2023-00012</td>{date}</tr></table>"
    footer = "<div><table><tr><td>主办单位：样例网</td><td>网站标识码：9900000001</td></tr></table></div>"
    return f"<div class=nav><ul>{_MENU}</ul></div>{table}{body}{footer}"


def encoded(html: str, noise: Collection[str]) -> bytes:
    """Return a page in the encoding that the noise names; UTF-8 otherwise."""
    chosen = next((name for name in ENCODINGS if name in noise), "")
    meta = {
        "gbk": "gb2312",
        "gb18030": "gb2312",
        "wrong meta": "gb2312",
        "utf-16 le": "unicode",
    }.get(chosen, "utf-8")
    tag = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">'
    if chosen != "no meta":
        place = "</head>" if chosen == "late meta" else "<head>"
        html = html.replace(place, tag + place if chosen == "late meta" else place + tag, 1)
    match chosen:
        case "gbk":
            return html.encode("gbk", "xmlcharrefreplace")
        case "gb18030":
            return html.encode("gb18030")
        case "utf-8 bom":
            return codecs.BOM_UTF8 + html.encode()
        case "utf-16 le":
            return codecs.BOM_UTF16_LE + html.encode("utf-16-le")
        case "utf-16 be":
            return codecs.BOM_UTF16_BE + html.encode("utf-16-be")
        case _:
            return html.encode()
