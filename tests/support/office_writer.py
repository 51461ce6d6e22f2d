"""Real files of Word's older formats: LibreOffice writes them from docx or HTML."""

import contextlib
import io
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
COLUMN = 900
"""Twips."""
FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "docx": "docx:MS Word 2007 XML",
}


def written(files: Sequence[bytes], suffix: str, kind: str) -> list[bytes]:
    """Return files with a suffix as LibreOffice saves them in another format."""
    assert OFFICE is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / f"{number}.{suffix}" for number in range(len(files))]
        for source, data in zip(sources, files, strict=True):
            source.write_bytes(data)
        command = [
            OFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *(["--infilter=HTML (StarWriter)"] if suffix == "html" else []),
            "--convert-to",
            FILTERS[kind],
            "--outdir",
            str(folder / "out"),
            *map(str, sources),
        ]
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=100)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        return [(folder / "out" / f"{source.stem}.{kind}").read_bytes() for source in sources]


def with_widths(docx: bytes) -> bytes:
    """Return a docx whose table cells have widths; without them LibreOffice lays columns out anew."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, _widened(data) if name == "word/document.xml" else data)
    return changed.getvalue()


def _widened(xml: bytes) -> bytes:
    root = etree.fromstring(xml)
    for table in root.iter(f"{W}tbl"):
        width = 0
        for row in table.findall(f"{W}tr"):
            spans = [_widen(cell) for cell in row.iter(f"{W}tc") if cell.getparent() is row]
            width = max(width, sum(spans))
        grid = table.find(f"{W}tblGrid")
        assert grid is not None
        for _ in range(width):
            etree.SubElement(grid, f"{W}gridCol", {f"{W}w": str(COLUMN)})
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _widen(cell: etree._Element) -> int:
    properties = cell.find(f"{W}tcPr")
    assert properties is not None
    span = properties.find(f"{W}gridSpan")
    columns = int(span.get(f"{W}val", "1")) if span is not None else 1
    width = etree.Element(f"{W}tcW", {f"{W}w": str(COLUMN * columns), f"{W}type": "dxa"})
    properties.insert(0, width)
    return columns
