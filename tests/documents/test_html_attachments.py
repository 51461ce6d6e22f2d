"""The files that a page links to, whatever the system that wrote the link."""

import pytest

from nianbao.documents import read_document
from nianbao.model import Attachment


def attachments(html: str) -> list[tuple[str, str]]:
    document = read_document(f"<html><body><p>x</p>{html}</body></html>".encode())
    return [(attachment.url, attachment.title) for attachment in document.attachments]


ENDINGS = ["doc", "docx", "wps", "pdf", "ofd", "xls", "xlsx", "zip", "rar", "DOC", "Pdf"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_link_to_a_file_is_an_attachment(ending: str) -> None:
    assert attachments(f"<a href='./P02021.{ending}'>某局年报</a>") == [
        (f"./P02021.{ending}", "某局年报")
    ]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/module/download/downfile.jsp?classid=0&filename=1f.pdf'>附件</a>",
        "<a href='/module/download/downfile.jsp?filename=1f.pdf&classid=0'>附件</a>",
        "<a href='/module/download/downfile.jsp?classid=0&filename=1f'>附件</a>",
        "<a href='/system/_content/download.jsp?urltype=x&owner=1&wbfileid=7'>附件</a>",
        "<a href='/download.do?id=3'>某局年报.docx</a>",
        "<a href='/download.do?id=3'>某局年报.docx（32KB）</a>",
        "<a href='/attach/0/1.doc?v=2'>附件</a>",
        "<a href='/attach/0/1.doc#page=2'>附件</a>",
        "<iframe src='/viewer.html?file=/files/1.pdf'></iframe>",
        "<embed src='/files/1.pdf'>",
        "<object data='/files/1.pdf'></object>",
        "<div style='display:none'><a href='1.doc'>附件</a></div>",
    ],
)
def test_what_only_a_parameter_or_the_text_names(link: str) -> None:
    assert len(attachments(link)) == 1


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/art/2021/1/1.html'>某局2021年年报</a>",
        "<a href='/'>首页</a>",
        "<a href='javascript:open(1.doc)'>附件</a>",
        "<a href='mailto:a@b.doc'>信箱</a>",
        "<a>附件.doc</a>",
        "<a href='http://www.docx.example.cn/'>站点</a>",
        "<a href='/module/download/downfile.jsp?filename=1f.jpg'>图</a>",
        "<a href='/system/_content/download.jsp?wbfileid=7'>图.mp4</a>",
        "<img src='icon_doc.gif'>",
    ],
)
def test_what_is_no_attachment(link: str) -> None:
    assert attachments(link) == []


def test_an_address_is_named_once() -> None:
    link = "<a href='1.doc'>附件</a>"
    assert attachments(link * 2) == [("1.doc", "附件")]


def test_a_link_without_text_has_the_name_of_its_file() -> None:
    link = "<a href='/x/%E5%B9%B4%E6%8A%A5.doc?y=1'><img src=i.gif></a><a href=2.doc title=乙></a>"
    assert [title for _, title in attachments(link)] == ["年报.doc", "乙"]


def test_the_address_stays_as_written() -> None:
    document = read_document("<p>x<a href=' 某.doc '>y</a>".encode())
    assert document.attachments == (Attachment("某.doc", "y"),)
