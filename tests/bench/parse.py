"""`make bench-parse`: documents read per second and core, beside what others make of the same bytes.

Ours is the whole reading: form, cells with their places, sections, narrative, findings. The peers do
less: pandas.read_html gives the tables as frames, selectolax a bare parsed tree.
"""

import io

import pandas as pd
from selectolax.lexbor import LexborHTMLParser

from bench.figures import Figure, per_second, publish
from nianbao.pipeline.reading import read_reports
from nianbao.sample.chrome import Place
from nianbao.sample.errors import printed_reports
from nianbao.sample.render import page_bytes
from nianbao.sample.word_text import word_text


def main() -> None:
    """Measure and publish."""
    place = Place("样例网", "www.example.gov.cn", "9900000001")
    reports = [report for report in printed_reports() if report.style.encoding == "utf-8"]
    pages = {
        "html": [page_bytes(report, place) for report in reports],
        "html from Word": [page_bytes(report, place) for report in reports if report.style.word],
    }
    figures = [figure for name, batch in pages.items() for figure in _html(name, batch)]
    texts = [word_text(report).encode() for report in printed_reports()]
    rate, _ = per_second(_ours, texts)
    figures.append(Figure("word_text", "documents/s", rate, 0.0, "none", 0.0, len(texts)))
    publish("parse", figures)


def _html(name: str, pages: list[bytes]) -> list[Figure]:
    ours, _ = per_second(_ours, pages)
    peers = {
        "pandas.read_html (tables only)": lambda page: pd.read_html(io.BytesIO(page)),
        "selectolax (bare parse)": LexborHTMLParser,
    }
    figures = []
    for peer_name, work in peers.items():
        peer, _ = per_second(work, pages)
        figures.append(Figure(name, "documents/s", ours, peer, peer_name, ours / peer, len(pages)))
    return figures


def _ours(data: bytes) -> object:
    return read_reports("", data)


if __name__ == "__main__":
    main()
