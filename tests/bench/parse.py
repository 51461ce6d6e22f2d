"""`make bench-parse`: documents read per second and core, beside what others make of the same bytes.

Ours is the whole reading: form, cells with their places, sections with their signatures, narrative,
findings. The peers do less: pandas.read_html gives the tables as frames, selectolax a bare parsed tree,
pdfplumber, python-docx and openpyxl the tables' texts.
"""

import io
import logging
from collections.abc import Iterator, Mapping

import docx
import openpyxl
import pandas as pd
import pdfplumber
from selectolax.lexbor import LexborHTMLParser

from bench.documents import batches
from bench.figures import Figure, publish
from bench.memory import memory_figures
from bench.rounds import Work, rates
from nianbao.errors import ReadError
from nianbao.pipeline.reading import read_reports
from nianbao.reports.signatures import sign


def main() -> None:
    """Measure and publish."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    figures = [figure for name, batch in batches() for figure in _figures(name, batch)]
    publish("parse", [*figures, *memory_figures()])


def _figures(name: str, batch: list[bytes]) -> Iterator[Figure]:
    """Yield a figure per peer, or one without a peer; none where this machine can't read the format."""
    reading = read_reports("", batch[0])
    if not reading.reports:
        _explain(name, reading.errors)
        return
    peers = PEERS.get(name, {})
    found = rates({"ours": _ours, **peers}, batch)
    for peer in peers or ("none",):
        rate = found.get(peer, 0.0)
        ratio = found["ours"] / rate if rate else 0.0
        yield Figure(name, "documents/s", found["ours"], rate, peer, ratio, len(batch))


def _explain(name: str, errors: tuple[ReadError, ...]) -> None:
    print(f"{name} is left out: {'; '.join(map(str, errors))}")


def _ours(data: bytes) -> object:
    reports = read_reports("", data).reports
    return [sign(report.sections, report.organisation) for report in reports]


def _pandas(data: bytes) -> object:
    return pd.read_html(io.BytesIO(data))


def _pdfplumber(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_tables() for page in document.pages]


def _python_docx(data: bytes) -> object:
    tables = docx.Document(io.BytesIO(data)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def _openpyxl(data: bytes) -> object:
    sheets = openpyxl.load_workbook(io.BytesIO(data))
    return [list(sheet.iter_rows(values_only=True)) for sheet in sheets]


_OF_PAGES: Mapping[str, Work] = {
    "pandas.read_html (tables only)": _pandas,
    "selectolax (bare parse)": LexborHTMLParser,
}
PEERS: Mapping[str, Mapping[str, Work]] = {
    "html": _OF_PAGES,
    "html from Word": _OF_PAGES,
    "html, random figures": _OF_PAGES,
    "docx": {"python-docx (tables only)": _python_docx},
    "xlsx": {"openpyxl (cells only)": _openpyxl},
    "pdf": {"pdfplumber (tables only)": _pdfplumber},
}


if __name__ == "__main__":
    main()
