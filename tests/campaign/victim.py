"""A worker that reads damaged files one after the other; if it dies of one, its parent knows of which."""

import gc
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from campaign.cost import Cost
from nianbao.errors import ReadError
from nianbao.model import Document
from nianbao.reports import recognise
from support.mutate_files import damaged
from support.reading import read_documents

_ADDRESS_SPACE = 6_000_000_000
"""Keeps a runaway file from taking the machine with it; the campaign's own limit is far below."""
_WITHOUT_OCR = Path(__file__).parent / "without_ocr"


@dataclass(frozen=True)
class Target:
    """One damaged file: the same target is always the same bytes."""

    kind: str
    seed: int
    source: str = ""
    """A whole file to be damaged; a file of our own where none is named."""

    def data(self) -> bytes:
        """Return the damaged bytes."""
        return damaged(self.kind, self.seed, _whole(self.source) if self.source else None)


@cache
def _whole(path: str) -> bytes:
    return Path(path).read_bytes()


@dataclass(frozen=True)
class Outcome:
    """What came of a file: a word for it, what it cost, and what was wrong."""

    what: str
    seconds: float
    """Of the processor, those of the process that native code reads in and of converters included."""
    grown: int
    """Bytes by which the process, or the one that native code reads in, was larger than before."""
    trouble: str = ""


def serve(parent: Connection, *, converters: bool) -> None:
    """Read what the parent sends, until it sends nothing more; say what was used when each begins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not converters:
        os.environ["PATH"] = "/nonexistent"
        _without_ocr()
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (target := parent.recv()) is not None:
        data = target if isinstance(target, bytes) else target.data()
        parent.send("begun")
        parent.send(attempt(data))


def attempt(data: bytes) -> Outcome:
    """Read some bytes as the pipeline does, and measure it."""
    gc.collect(0)
    cost, trouble, what = Cost(), "", "read"
    try:
        what = " ".join(dict.fromkeys(_read(data))) or "nothing"
    except ReadError as error:
        what = error.code
    except MemoryError:
        trouble = "MemoryError"
    except BaseException:  # noqa: BLE001 - whatever comes out is what the campaign looks for
        trouble = traceback.format_exc(limit=-6)
    return Outcome(what, cost.seconds(), cost.grown(), trouble)


def _read(data: bytes) -> Iterator[str]:
    for document in read_documents(data):
        if isinstance(document, Document):
            recognise(document)
            yield "read"
        else:
            yield document.code


def _without_ocr() -> None:
    """Leave OCR out, here and in the process that reads PDF: it is no reader of ours."""
    sys.modules["rapidocr"] = None  # type: ignore[assignment]
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, (str(_WITHOUT_OCR), os.environ.get("PYTHONPATH")))
    )
