"""Archives: the files inside under their true names, and no way to fill the memory or leave a folder."""

import contextlib
import gzip
import os
import random
import zipfile
from pathlib import Path

import pytest

from nianbao.documents.bundle.budget import MOST_MEMBERS
from nianbao.documents.bundle.members import is_bundle, members
from nianbao.errors import ReadError
from support.bundle_writer import rar_of, zip_of, zip_with_raw_name

NAME = "云汀市教育局/2021年度报告.docx"


def code_of(data: bytes) -> str:
    """The error of the archive as a whole, or of its last file."""
    try:
        *_, (_, content) = members(data)
    except ReadError as error:
        return error.code
    return content.code if isinstance(content, ReadError) else ""


def test_files_come_in_order_and_folders_are_none() -> None:
    data = zip_of(("乙.docx", b"2"), ("文件夹/", b""), ("文件夹/甲.docx", b"1"))
    assert list(members(data)) == [("乙.docx", b"2"), ("文件夹/甲.docx", b"1")]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_flag_are_decoded(encoding: str) -> None:
    assert list(members(zip_with_raw_name(NAME.encode(encoding), b"x"))) == [(NAME, b"x")]


@pytest.mark.parametrize("name", ["../../etc/甲.txt", "/甲.txt", "..\\甲.txt", "./a/../甲.txt"])
def test_names_lead_nowhere(name: str) -> None:
    [(read, _)] = members(zip_of((name, b"x")))
    assert ".." not in read
    assert not read.startswith("/")
    assert read.endswith("甲.txt")


def test_residue_of_operating_systems_is_left_out() -> None:
    data = zip_of(("__MACOSX/._a", b"x"), ("a/.DS_Store", b"x"), ("~$甲.docx", b"x"), ("甲", b"1"))
    assert list(members(data)) == [("甲", b"1")]


def test_an_archive_inside_is_opened_once() -> None:
    deepest = zip_of(("丙.txt", b"3"))
    data = zip_of(("外.zip", zip_of(("乙.zip", deepest), ("甲.txt", b"1"))))
    assert list(members(data)) == [("外.zip/乙.zip", deepest), ("外.zip/甲.txt", b"1")]


def test_what_is_compressed_once_more_is_opened_too() -> None:
    inner = gzip.compress(zip_of(("甲.txt", b"1")))
    assert list(members(zip_of(("外.gz", inner)))) == [("外.gz/甲.txt", b"1")]


def test_an_error_stands_in_the_place_of_a_file_and_the_others_are_read() -> None:
    lies = zip_of(("a", b"1"), ("b", b"22"), ("c", b"3"), level=zipfile.ZIP_STORED)
    bad = lies.replace(b"22", b"23", 1)
    outer = zip_of(("甲.zip", bad), ("乙.zip", b"PK\x03\x04 cut off"), ("丙.txt", b"4"))
    found = [
        (name, content.code if isinstance(content, ReadError) else content)
        for name, content in members(outer)
    ]
    assert found == [
        ("甲.zip/a", b"1"),
        ("甲.zip/b", "damaged"),
        ("甲.zip/c", b"3"),
        ("乙.zip", b"PK\x03\x04 cut off"),
        ("丙.txt", b"4"),
    ]


def test_a_document_that_is_packed_as_a_zip_is_no_bundle() -> None:
    packed = zip_of(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>"))
    assert not is_bundle(packed)
    assert list(members(zip_of(("甲.docx", packed)))) == [("甲.docx", packed)]


# --- limits


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert code_of(zip_of(("a", b"\0" * 5_000_000))) == "over_limit"


def test_too_many_files_are_refused_also_over_nested_archives() -> None:
    half = zip_of(*((str(i), b"") for i in range(MOST_MEMBERS // 2 + 1)))
    assert code_of(zip_of(("a.zip", half))) == ""
    assert code_of(zip_of(("a.zip", half), ("b.zip", half))) == "over_limit"
    assert len(list(members(zip_of(("a.zip", half), ("b.zip", half))))) == MOST_MEMBERS - 1


def test_a_directory_that_lies_about_sizes_is_damaged() -> None:
    data = zip_of(("a", b"\0" * 5_000_000))
    lie = data.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert code_of(lie) == "damaged"


def test_passwords_are_told_apart_from_damage() -> None:
    data = bytearray(zip_of(("a", b"x"), level=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert code_of(bytes(data)) == "encrypted"


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"Rar!\x1a\x07\x01\x00", b"Rar!\x1a\x07\x00abc"])
def test_damage_is_an_error_or_an_empty_archive(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        assert list(members(data)) == []


def test_other_formats_are_refused() -> None:
    assert code_of(b"7z\xbc\xaf\x27\x1c") == "unsupported_format"


@pytest.mark.parametrize(
    "whole", [zip_of((NAME, b"x" * 300), ("b", b"y")), rar_of((NAME, b"x" * 300), ("b", b"y"))]
)
def test_damaged_archives_end_in_one_kind_of_error(whole: bytes) -> None:
    rng = random.Random(1)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 5)):
            data[rng.randrange(8, len(data))] = rng.randrange(256)
        del data[rng.choice([len(data), rng.randrange(len(data))]) :]
        with contextlib.suppress(ReadError):
            list(members(bytes(data)))


# --- rar


def test_what_a_rar_stores_needs_no_program() -> None:
    data = rar_of((NAME, b"1"), ("乙.txt", b"2"))
    assert list(members(data)) == [(NAME, b"1"), ("乙.txt", b"2")]
    assert next(iter(members(zip_of(("外.rar", data))))) == (f"外.rar/{NAME}", b"1")


def test_a_rar_without_a_program_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert code_of(rar_of((NAME, b"packed"), method=3)) == "converter_missing"


@pytest.mark.parametrize(
    ("script", "expected"),
    [("printf hello", b"hello"), ("printf hell", "damaged"), ("exit 1", "damaged")],
)
def test_a_program_unpacks_what_is_compressed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, expected: bytes | str
) -> None:
    program = tmp_path / "bsdtar"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.defpath}")
    data = rar_of(("甲[1].txt", b"packed"), method=3, size=5)
    if isinstance(expected, str):
        assert code_of(data) == expected
    else:
        assert list(members(data)) == [("甲[1].txt", expected)]
