"""A batch of archived files costs one start of the converter, and one bad file harms no other."""

import gzip
from pathlib import Path

import pytest

from nianbao.errors import ReadError
from nianbao.model import Document
from nianbao.pipeline import batch
from nianbao.pipeline.batch import read_together
from nianbao.pipeline.reading import read_reports
from support.bundle_writer import zip_of
from support.fake_converter import TEXT, FakeConverter, install
from support.ole_writer import ole_bytes
from support.reading import read_documents

DOC = ole_bytes({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(8)})
HTML = b"<p>x</p>"


@pytest.fixture
def converter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeConverter:
    return install(monkeypatch, tmp_path)


def said(found: list[Document | ReadError]) -> list[str]:
    return [one.code if isinstance(one, ReadError) else one.paragraphs[0].text for one in found]


def test_many_files_and_members_of_bundles_share_a_start(converter: FakeConverter) -> None:
    bundle = zip_of(("一.doc", DOC), ("二.html", HTML), ("三.doc", DOC))
    found = list(read_together([DOC, HTML, bundle, DOC]))
    assert [said(one) for one in found] == [[TEXT], ["x"], [TEXT, "x", TEXT], [TEXT]]
    assert converter.starts == 1


def test_the_result_is_that_of_each_file_alone(converter: FakeConverter) -> None:
    files = [DOC, HTML, zip_of(("一.doc", DOC), ("二.pdf", b"%PDF-1.7")), gzip.compress(DOC)]
    together = list(read_together(files))
    for alone, found in zip(map(read_documents, files), together, strict=True):
        assert list(map(str, alone)) == list(map(str, found))


def test_an_error_stands_in_the_place_of_its_file(converter: FakeConverter) -> None:
    missing = ReadError("not_archived", "gone")
    files = [b"", DOC, missing, zip_of(("坏.pdf", b"%PDF-1.7"), ("好.doc", DOC)), DOC]
    found = [said(one) for one in read_together(files)]
    assert found == [["empty"], [TEXT], ["not_archived"], ["damaged", TEXT], [TEXT]]


def test_files_that_need_no_converter_are_handed_over_at_once(converter: FakeConverter) -> None:
    assert said(next(read_together(file for file in (HTML, pytest)))) == ["x"]  # type: ignore[arg-type]


def test_a_fault_of_ours_loses_only_the_file(
    converter: FakeConverter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(file_format: str, data: bytes) -> Document:
        raise RuntimeError(file_format)

    monkeypatch.setattr(batch, "read_as", faulty)
    assert [said(one) for one in read_together([DOC, HTML, DOC])] == [
        [TEXT],
        ["reader_fault"],
        [TEXT],
    ]


def test_a_document_that_is_no_report_is_a_result(converter: FakeConverter) -> None:
    [error] = read_reports("0" * 64, DOC).errors
    assert error.code == "not_a_report"
