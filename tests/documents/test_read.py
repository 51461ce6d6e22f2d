"""A reader is chosen by the bytes; what has none says so."""

import gzip
import io
import zipfile

import pytest

from nianbao.documents import read_document
from nianbao.errors import ReadError
from nianbao.model import Document
from support.reading import read_documents

TEXT = b"<p>x</p>"


@pytest.mark.parametrize(
    ("data", "reader"), [(b"<p>x</p>", "html"), (b"<!DOCTYPE html>x", "html"), (b"x", "word_text")]
)
def test_the_bytes_choose(data: bytes, reader: str) -> None:
    assert read_document(data).reader == reader


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"%PDF-1.7", "damaged"),
        (b"PK\x03\x04", "unsupported_format"),
        (b"\x00\x01\x02\xff\xfe\xfd" * 9, "undecodable"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_document(data)
    assert raised.value.code == code


def test_a_bundle_gives_its_members_in_order_and_says_which_could_not_be_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        bundle.writestr("一.html", "<p>甲</p>")
        bundle.writestr("二.pdf", b"%PDF-1.7")
        bundle.writestr("三.txt", "乙")
    first, second, third = read_documents(buffer.getvalue())
    assert isinstance(first, Document)
    assert isinstance(third, Document)
    assert [first.paragraphs[0].text, third.paragraphs[0].text] == ["甲", "乙"]
    assert isinstance(second, ReadError)
    assert (second.code, str(second).startswith("二.pdf: ")) == ("damaged", True)


def test_a_body_sent_compressed_without_saying_so_is_unpacked() -> None:
    document = read_document(gzip.compress(b"<p>x</p>"))
    assert (document.reader, document.paragraphs[0].text) == ("html", "x")


@pytest.mark.parametrize(
    "damaged",
    [gzip.compress(TEXT)[:12] + b"\xff" * 5, gzip.compress(TEXT)[:-9]],
    ids=["garbled", "cut off"],
)
def test_a_damaged_compressed_body_says_so(damaged: bytes) -> None:
    with pytest.raises(ReadError) as raised:
        read_document(damaged)
    assert raised.value.code == "damaged"
