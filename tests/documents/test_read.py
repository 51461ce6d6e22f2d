"""A reader is chosen by the bytes; what has none says so."""

import pytest

from nianbao.documents import read_document
from nianbao.errors import ReadError


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
        (b"%PDF-1.7", "unsupported_format"),
        (b"PK\x03\x04", "unsupported_format"),
        (b"\x00\x01\x02\xff\xfe\xfd" * 9, "undecodable"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        read_document(data)
    assert raised.value.code == code
