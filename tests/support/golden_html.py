"""Golden pages: as content management systems, Word and browsers write them."""

import base64
import gzip
import quopri
from collections.abc import Iterator
from dataclasses import replace

from nianbao.sample.render import page_html
from nianbao.sample.report import Style
from support.golden_case import Case
from support.golden_render import DAY, PLACE, bare_page, body, cms_page
from support.golden_reports import bare_report, old_report, report, sample


def html_cases() -> Iterator[Case]:
    """Yield the pages."""
    yield from _sites()
    yield from _word()
    yield from _bytes()
    yield from _messages()


def _sites() -> Iterator[Case]:
    for name, year, size, style in (
        ("html-cms-2019", 2019, "large", Style()),
        ("html-cms-2020", 2020, "medium", Style(header_cells=True, padding="\u00a0")),
        ("html-cms-2021", 2021, "large", Style(unclosed=True)),
        ("html-cms-2023", 2023, "small", Style(split_tables=True)),
    ):
        one = sample("云汀市财政局", year, size, style=style)
        whole = report(one, published_on=one.published_on.isoformat())
        about = "a page of a site, with navigation, meta tags and a table of metadata"
        quirks = (26,) if style.unclosed else ()
        yield Case(f"{name}.html", "html", page_html(one, PLACE).encode(), about, [whole], quirks)
    old = old_report("云汀市水务局", 2016, published_on=DAY)
    page = cms_page(old).encode()
    yield Case("html-cms-2014.html", "html", page, "the statistics table of 2014 on a site", [old])
    bare = bare_report("云汀市档案馆", 2022, published_on=DAY)
    page = cms_page(bare).encode()
    yield Case("html-cms-none.html", "html", page, "a report without any table", [bare])


def _word() -> Iterator[Case]:
    about = "exported by Word: mso styles, spans in every cell, tags never closed"
    for year, style in (
        (2019, Style(word=True)),
        (2022, Style(word=True, unclosed=True, two_line_title=True)),
    ):
        one = sample("青岫县林业局", year, style=style)
        words = body(report(one).parts, style).replace("现将", "[bookmark: _GoBack]现将")
        data = bare_page(words, "政府信息公开工作年度报告").encode()
        yield Case(f"html-word-{year}.html", "html from Word", data, about, [report(one)], (26,))
    old = old_report("青岫县林业局", 2017)
    data = bare_page(body(old.parts, Style(word=True))).encode()
    yield Case("html-word-2017.html", "html from Word", data, about, [old], (26,))


def _bytes() -> Iterator[Case]:
    one = sample("石翎区统计局", 2020)
    whole = report(one)
    inner = body(whole.parts)
    gb = bare_page(inner, head='<meta charset="gb2312">')
    about = "GB18030, declared as GB2312"
    rare = replace(whole, organisation="石翎区䶮山镇人民政府")  # needs four bytes in GB18030
    rare = replace(rare, parts=report(sample("石翎区䶮山镇人民政府", 2020)).parts)
    rare = replace(rare, facts=report(sample("石翎区䶮山镇人民政府", 2020)).facts)
    page = bare_page(body(rare.parts), head='<meta charset="gb2312">')
    yield Case("q24-gb18030.html", "html", page.encode("gb18030"), about, [rare], (24,))
    data = gb.replace('<meta charset="gb2312">', "").encode("gbk")
    yield Case("q24-gbk-undeclared.html", "html", data, "GBK, declared as nothing", [whole], (24,))
    about = "UTF-8, declared as GBK"
    data = bare_page(inner, head='<meta charset="gbk">').encode()
    yield Case("q24-utf8-as-gbk.html", "html", data, about, [whole], (24,))
    data = gzip.compress(bare_page(inner).encode(), mtime=0)
    about = "gzip, as a server sent it without saying so"
    yield Case("q24-gzip.html", "gzip", data, about, [whole], (24,))


def _messages() -> Iterator[Case]:
    for year, how in ((2020, "base64"), (2021, "quoted-printable")):
        one = sample("青岫县供销社", year)
        page = bare_page(body(report(one).parts)).encode()
        coded = base64.encodebytes(page) if how == "base64" else quopri.encodestring(page)
        data = (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
            b'\tboundary="----=_next"; type="text/html"\r\n\r\n------=_next\r\n'
            b'Content-Location: file:///C:/report.htm\r\nContent-Type: text/html; charset="utf-8"\r\n'
            b"Content-Transfer-Encoding: " + how.encode() + b"\r\n\r\n" + coded + b"\r\n"
            b"------=_next\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"iVBORw0KGgo=\r\n------=_next--\r\n"
        )
        about = f"Word's single file web page, {how}"
        yield Case(f"mhtml-{year}.mht", "mhtml", data, about, [report(one)])
