"""A format is told by the bytes alone, whatever the file is called."""

import gzip
import io
import random
import zipfile

import pytest

from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.sample.errors import printed_reports
from nianbao.sample.render import body_html
from nianbao.sample.word_text import word_text
from support.ofd_writer import ofd_bytes
from support.ole_writer import ole_bytes

REPORT = printed_reports()[0]
KNOWN = frozenset(
    [
        *("html", "word_text", "markdown", "docx", "xlsx", "ofd", "odt", "zip", "rar"),
        *("doc", "xls", "wps", "rtf", "word_xml", "pdf", "image", "mhtml", "gzip"),
    ]
)
CODES = frozenset(["empty", "encrypted", "damaged", "unsupported_format", "undecodable"])


def zipped(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as container:
        for name in names:
            container.writestr(name, "x")
    return data.getvalue()


MHTML = (
    "From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    '\tboundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<html><body><p>x</body></html>\r\n'
)
SAMPLES = {
    "a web page": (body_html(REPORT).encode("gb18030"), "html"),
    "a page behind a byte order mark": ("\ufeff<!DOCTYPE html><p>x".encode(), "html"),
    "a page in UTF-16": ("<html><p>年报".encode("utf-16"), "html"),
    "text exported from Word": (word_text(REPORT).encode(), "word_text"),
    "markdown": (
        "# 2021年年报\n\n## 一、总体情况\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
        "markdown",
    ),
    "markdown whose tables are HTML": (
        "# 2022年年报\n\n## 一、总体情况\n\n<table>\n<tr><td>1</td></tr>\n</table>\n".encode(),
        "markdown",
    ),
    "a page with a line of text before it": ("年报\n<table><tr><td>1</table>".encode(), "html"),
    "a Word package": (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
    "a workbook package": (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    "an OpenDocument text": (zipped("mimetype", "content.xml"), "odt"),
    "an OFD": (ofd_bytes(REPORT), "ofd"),
    "a bundle": (zipped("年报.docx", "附件/word/说明.txt"), "zip"),
    "an empty bundle": (zipped(), "zip"),
    "a RAR": (b"Rar!\x1a\x07\x01\x00" + b"\0" * 99, "rar"),
    "a binary Word file": (ole_bytes({"1Table": b"", "WordDocument": b""}), "doc"),
    "a binary workbook": (ole_bytes({"Workbook": b""}), "xls"),
    "an old binary workbook": (ole_bytes({"Book": b""}), "xls"),
    "a file of Works": (ole_bytes({"CONTENTS": b"", "MatOST": b""}), "wps"),
    "rich text": (rb"{\rtf1\ansi\ansicpg936 x}", "rtf"),
    "rich text behind blank lines": (b"\r\n {\\rtf1 x}", "rtf"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "a PDF behind debris": (b"\r\n\r\n%PDF-1.4\n", "pdf"),
    "a JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "image"),
    "a PNG": (b"\x89PNG\r\n\x1a\n", "image"),
    "a TIFF": (b"II*\x00" + b"\0" * 50, "image"),
    "a BMP": (b"BM\x99\x00\x00\x00\x00\x00\x00\x00", "image"),
    "a single file web page": (MHTML.encode(), "mhtml"),
    "a page sent compressed": (gzip.compress(b"<html>"), "gzip"),
    "Word's XML of 2003": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="x"/>',
        "word_xml",
    ),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_format_of(name: str) -> None:
    data, expected = SAMPLES[name]
    assert format_of(data) == expected


def test_a_package_cut_off_is_still_known_by_its_members() -> None:
    whole = zipped("[Content_Types].xml", "word/document.xml", "word/styles.xml")
    assert format_of(whole[:150]) == "docx"


def test_a_text_that_begins_like_a_mail_is_no_web_archive() -> None:
    assert format_of("From: 某局\n\n某局2021年政府信息公开工作年度报告".encode()) == "word_text"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" \n", "empty"),
        (ole_bytes({"EncryptedPackage": b"", "EncryptionInfo": b""}), "encrypted"),
        (ole_bytes({"PowerPoint Document": b""}), "unsupported_format"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "unsupported_format"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "unsupported_format"),
        (ole_bytes({"WordDocument": b""})[:600], "damaged"),
    ],
)
def test_what_no_reader_takes_is_said(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        format_of(data)
    assert raised.value.code == code


def test_mutated_bytes_get_a_format_or_one_clear_error() -> None:
    dice = random.Random(7)
    for data, _ in SAMPLES.values():
        for _ in range(20):
            changed = bytearray(data[: dice.randrange(1, len(data) + 1)])
            for _ in range(dice.randrange(5)):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            assert answer(bytes(changed)) in KNOWN | CODES


def answer(data: bytes) -> str:
    """Return the format, or the code of the error."""
    try:
        return format_of(data)
    except ReadError as error:
        return error.code


@pytest.mark.parametrize(
    "before", ["\n" * 70_000, "<!--" + "x " * 15_000 + "-->", "<script>" + "1;" * 15_000]
)
def test_a_page_that_begins_late_is_a_page(before: str) -> None:
    assert format_of(f"{before}<html><body><p>1".encode()) == "html"
