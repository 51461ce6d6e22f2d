"""Reading in a process of its own, under limits: native code can neither be interrupted nor bounded.

PDFium, picture decoders and the recogniser loop and allocate as long as a hostile file tells them to.
One such process serves a reading process for all its files; it is replaced when a file breaks it.
"""

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Literal

import psutil

from nianbao.documents.pdf.carried import document_from
from nianbao.errors import ReadError
from nianbao.model import Document

Kind = Literal["pdf", "ofd", "image"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use up."""

    seconds_per_page: float = 9.0
    """Of computing, until the first page and from each page to the next."""
    seconds: float = 180.0
    """Of computing, in all."""
    patience: float = 10.0
    """How many times as long a page may take by the clock, where many processes share a machine."""
    memory_bytes: int = 500_000_000
    """Beside what the process used before the file; the recogniser, once loaded, stays."""


_WATCH = 0.1
"""Seconds between two looks at the memory of the process."""
_lock = threading.Lock()
_process: "_Process | None" = None


def read_confined(kind: Kind, data: bytes, limits: Limits = Limits()) -> Document:
    """Read a file of a kind in the process of its own.

    Raises `ReadError` with the reader's code, `over_limit` beyond the limits, and `damaged` where
    the file breaks the process.
    """
    with _lock:
        return _running().read(kind, data, limits)


def _running() -> "_Process":
    """Return the process, started where there is none, or only that of the process forked from."""
    global _process
    if _process is None or not _process.is_ours():
        _process = _Process()
        atexit.register(_process.end)
    return _process


class _Process:
    def __init__(self) -> None:
        self._owner = os.getpid()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "nianbao.documents.pdf.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._memory = psutil.Process(self._child.pid)
        self._left = b""

    def is_ours(self) -> bool:
        return self._owner == os.getpid() and self._child.poll() is None

    def read(self, kind: Kind, data: bytes, limits: Limits) -> Document:
        try:
            self._send(kind, data)
            answer = self._answer(limits)
        except (OSError, psutil.Error) as error:
            self.end()
            raise ReadError("damaged", "the file broke the process that read it") from error
        except ReadError:
            self.end()
            raise
        if "error" in answer:
            raise ReadError(*answer["error"])
        return document_from(answer["document"])

    def end(self) -> None:
        """End the process, and wait until it is gone."""
        if self._owner != os.getpid():
            return
        self._child.kill()
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self._child.wait()

    def _send(self, kind: Kind, data: bytes) -> None:
        assert self._child.stdin is not None  # noqa: S101 - it was opened as a pipe
        self._child.stdin.write(json.dumps({"kind": kind, "size": len(data)}).encode() + b"\n")
        self._child.stdin.write(data)
        self._child.stdin.flush()

    def _answer(self, limits: Limits) -> dict[str, list[str]]:
        """Return what the process has to say at the end; its word on each page starts a new clock."""
        begun = moved = self._used()
        moved_at = time.monotonic()
        most = self._memory.memory_info().rss + limits.memory_bytes
        while True:
            line, used, now = self._line(_WATCH), self._used(), time.monotonic()
            if line is not None:
                moved, moved_at = used, now
                answer: dict[str, list[str]] = json.loads(line)
                if "page" not in answer:
                    return answer
            late = now - moved_at > limits.patience * limits.seconds_per_page
            if late or used - moved > limits.seconds_per_page or used - begun > limits.seconds:
                raise ReadError("over_limit", f"not read within {used - begun:.0f} seconds")
            if self._memory.memory_info().rss > most:
                raise ReadError("over_limit", f"takes more than {limits.memory_bytes} bytes")

    def _used(self) -> float:
        """Return the seconds that the process has computed."""
        times = self._memory.cpu_times()
        return float(times.user + times.system)

    def _line(self, seconds: float) -> bytes | None:
        """Return the next line, or `None` where none came in time."""
        assert self._child.stdout is not None  # noqa: S101 - it was opened as a pipe
        line, end, rest = self._left.partition(b"\n")
        if end:
            self._left = rest
            return line
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                return None
        more = os.read(self._child.stdout.fileno(), 1 << 20)
        if not more:
            raise BrokenPipeError
        self._left += more
        return None
