"""The golden documents, each read once; those that need LibreOffice share its starts."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from nianbao.accuracy.expected import ExpectedDocument
from nianbao.accuracy.score import DocumentScore, score_document
from nianbao.documents.ocr import ocr_available
from nianbao.documents.read import OFFICE
from nianbao.documents.sniff import format_of
from nianbao.errors import ReadError
from nianbao.model import Report
from nianbao.pipeline.accuracy import open_folder, read_files
from support.office_writer import OFFICE as LIBREOFFICE

FOLDER = Path(__file__).parent
SCANS = frozenset({"pdf scan", "picture"})


class Golden:
    """The folder, and what was read of it so far."""

    def __init__(self) -> None:
        self.folder = open_folder(FOLDER)
        self.expected: Mapping[str, ExpectedDocument] = self.folder.pairs
        self.found: dict[str, tuple[Report | ReadError, ...]] = {}

    def bytes(self, name: str) -> bytes:
        return (FOLDER / name).read_bytes()

    def converted(self, name: str) -> bool:
        """Tell whether a file goes through LibreOffice."""
        try:
            return format_of(self.bytes(name)) in OFFICE
        except ReadError:
            return False

    def readable(self, name: str) -> bool:
        """Tell whether what a file needs is on this machine."""
        if self.converted(name):
            return LIBREOFFICE is not None
        return ocr_available() or self.expected[name].format not in SCANS

    def read(self, name: str) -> tuple[Report | ReadError, ...]:
        """Return what a file gives; the first one for LibreOffice reads all of them."""
        if name not in self.found:
            both = [other for other in self.expected if self.converted(other)]
            names = both if name in both else [name]
            self.found |= read_files({one: self.bytes(one) for one in names})
        return self.found[name]

    def score(self, name: str) -> DocumentScore:
        if not self.readable(name):
            pytest.skip("needs LibreOffice, or the extra for recognition")
        return score_document(name, self.expected[name], self.read(name))


@pytest.fixture(scope="session")
def golden() -> Golden:
    return Golden()
