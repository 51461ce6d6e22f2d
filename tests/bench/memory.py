"""How much memory stays taken after many documents, none of which is the same as another."""

import gc
from collections.abc import Iterator

import psutil

from bench.documents import QUICK, pages
from bench.figures import Figure
from nianbao.pipeline.reading import read_reports
from nianbao.sample.errors import printed_reports

DOCUMENTS = 10_000
WARM_UP = 1_000
"""Documents after which nearly all of what is read is in the caches of labels."""
BOUND_MB = 20.0
"""What the memory may grow by after that."""
_OTHERS = ("word_text", "markdown", "docx", "xlsx")


def memory_figures() -> Iterator[Figure]:
    """Read the documents and yield the memory held at the end beside that held early, and the growth."""
    some = _documents()
    before = 0.0
    for number in range(DOCUMENTS):
        read_reports("", _unlike_others(some[number % len(some)], number))
        if number + 1 == WARM_UP:
            before = _megabytes()
    after = _megabytes()
    early, metric = f"after {WARM_UP:,}", f"memory after {DOCUMENTS:,} documents"
    yield Figure(metric, "MB", after, before, early, before / after, DOCUMENTS)
    growth = max(after - before, 0.1)
    metric = f"memory growth from document {WARM_UP:,} on"
    yield Figure(metric, "MB", growth, BOUND_MB, "bound", BOUND_MB / growth, DOCUMENTS)


def _documents() -> list[bytes]:
    few = list(printed_reports())[:5]
    return [*pages(), *(QUICK[name](report) for name in _OTHERS for report in few)]


def _unlike_others(data: bytes, number: int) -> bytes:
    """Return a document with a paragraph and a row of its own, where its format makes that easy."""
    own = (
        f"<p>第{number}号，公开信息{number}条。</p><table><tr><td>第{number}行<td>{number}</table>"
    )
    return data.replace(b"</div>", f"{own}</div>".encode(), 1) if b"<html" in data else data


def _megabytes() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 1e6
