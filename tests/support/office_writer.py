"""Real files of Word's older formats: LibreOffice writes them from docx or HTML."""

import contextlib
import io
import os
import re
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
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OLD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
AML = "{http://schemas.microsoft.com/aml/2001/core}"
FILTERS = {
    "doc": "doc:MS Word 97",
    "rtf": "rtf:Rich Text Format",
    "odt": "odt:writer8",
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
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


def word_2003(docx: bytes) -> bytes:
    """Return a docx without automatic numbers as Word's XML of 2003, with its tracked changes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as container:
        body = etree.fromstring(container.read("word/document.xml"))[0]
        styles = etree.fromstring(container.read("word/styles.xml"))
    root = etree.Element(f"{OLD}wordDocument", nsmap={"w": OLD[1:-1]})
    section = etree.SubElement(etree.SubElement(root, f"{OLD}body"), f"{HINT}sect")
    section.extend(list(body))
    root.insert(0, styles)
    for alternatives in list(root.iter(f"{MC}AlternateContent")):
        parent = alternatives.getparent()
        assert parent is not None
        parent.replace(alternatives, alternatives.find(f"{MC}Fallback")[0])
    for element in list(root.iter(f"{W}ins", f"{W}del")):
        kind = {"ins": "Word.Insertion", "del": "Word.Deletion"}[etree.QName(element).localname]
        content = etree.Element(f"{AML}content")
        content.extend(list(element))
        element.tag = f"{AML}annotation"
        element.attrib.clear()
        element.set(f"{OLD}type", kind)
        element.append(content)
    text = etree.tostring(root, encoding="unicode").replace(W[1:-1], OLD[1:-1])
    return re.sub(r"(</?\w+:[vh])M(erge)", r"\1m\2", text).encode()
