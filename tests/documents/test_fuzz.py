"""Damaged files: nothing comes out of a reader but a document or a `ReadError`, soon and in little memory."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from nianbao.errors import ReadError
from nianbao.model import Document
from nianbao.reports import recognise
from support.bundle_writer import zip_of
from support.mutate_files import FILES, damaged
from support.noise_docx import write_docx
from support.noise_sheet import write_xlsx
from support.pdf_by_hand import pdf_of
from support.reading import read_documents

CONVERTED = ("doc", "image", "pdf")
"""Left to the campaign: LibreOffice and OCR take seconds, and PDF libraries may end the process."""


def outcomes(data: bytes) -> list[str]:
    """Return what came of a file: `read`, or the code of the error."""
    found = []
    try:
        for document in read_documents(data):
            if isinstance(document, Document):
                recognise(document)
                found.append("read")
            else:
                found.append(document.code)
    except ReadError as error:
        found.append(error.code)
    return found


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind not in CONVERTED])
def test_damage_ends_in_a_document_or_in_one_kind_of_error(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    for seed in range(1_000_000, 1_000_010):
        outcomes(damaged(kind, seed))


def packed_noughts(kilobytes: int) -> bytes:
    """Return a gzip body of that many kilobytes of noughts, made without holding them."""
    packer = zlib.compressobj(1, wbits=31)
    out = [packer.compress(bytes(1024)) for _ in range(kilobytes)]
    return b"".join([*out, packer.flush()])


def with_member(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a package in which one member is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
    return out.getvalue()


def expanding(content: bytes) -> bytes:
    """Return XML whose entities would expand to gigabytes."""
    entities = b"".join(b'<!ENTITY %c "%b">' % (98 + i, b"&%c;" % (97 + i) * 50) for i in range(7))
    declared = b'<!DOCTYPE x [<!ENTITY a "' + b"7" * 1000 + b'">' + entities + b"]>"
    start = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
    end = content.rfind(b"</w:p>" if b"</w:p>" in content else b"</sheetData>")
    return content[:start] + declared + content[start:end] + b"&h;" + content[end:]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (write_docx(1, ()).data, "word/document.xml"),
        (write_xlsx(1, ()).data, "xl/worksheets/sheet1.xml"),
    ],
    ids=["docx", "xlsx"],
)
def test_entities_that_expand_without_end_are_not_expanded(data: bytes, name: str) -> None:
    assert outcomes(with_member(data, name, expanding)) != []


def test_a_gzip_body_that_unpacks_to_gigabytes_is_refused() -> None:
    assert outcomes(packed_noughts(200_000)) == ["over_limit"]


def test_a_package_that_unpacks_to_gigabytes_is_refused() -> None:
    big = bytes(150_000_000)
    data = with_member(write_docx(1, ()).data, "word/document.xml", lambda content: content + big)
    assert outcomes(data) == ["over_limit"] or outcomes(data) == ["damaged"]


def test_a_zip_in_a_zip_in_a_zip_ends() -> None:
    data = zip_of(("a.txt", b"7" * 1000))
    for _ in range(12):
        data = zip_of(*((f"{n}.zip", data) for n in range(4)))
    assert "read" not in outcomes(data)


def test_tags_without_end_are_read() -> None:
    for tag in (
        b"<div>",
        b"<table><tr><td>",
        b"<b>",
        b"<td rowspan=1000000000 colspan=1000000000>",
    ):
        outcomes(b"<html><body>" + tag * 1000 + b"7")


def test_a_bitmap_that_claims_to_be_huge_is_refused() -> None:
    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    data = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
    assert "read" not in outcomes(data + struct.pack(">I", 0) + b"IEND\xaeB`\x82")


def test_a_pdf_whose_page_is_as_large_as_a_town_ends() -> None:
    data = pdf_of("BT /F 12 Tf 5 5 Td (7) Tj ET").replace(b"[0 0 600 800]", b"[0 0 1e9 1e9]")
    assert outcomes(data)


def test_a_page_behind_gzip_is_read_like_any_other() -> None:
    page = "<html><body><p>样例市财政局2023年政府信息公开工作年度报告</p><table><tr><td>7</table>"
    assert outcomes(gzip.compress(page.encode())) == outcomes(page.encode())
