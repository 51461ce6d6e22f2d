"""The process that reads, seen from the one that has files read."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from typing import Any, Literal

import psutil

from nianbao.documents.confined.limits import Limits, Meter
from nianbao.errors import ConfigurationError

Kind = Literal["pdf", "ofd", "image"]

_WATCH = 0.1
"""Seconds between two looks at what the process uses."""
_START = 300.0
"""Seconds by the clock that its start may take; it takes half a second of computing."""
_GROWN = 900_000_000
"""Bytes from which a process is not used again: memory in pieces is never given back."""
_ALLOCATION = {"MALLOC_MMAP_THRESHOLD_": "4000000"}
"""Bytes from which GNU's library gives memory back at once: a page's pictures, used once."""


class BrokenChildError(Exception):
    """Raised when the process ended before it answered; never leaves this package."""


class Child:
    """One process that reads files, one after the other; it ends with the process that started it."""

    def __init__(self) -> None:
        """Start it; raises `ConfigurationError` where Python cannot be started with this package."""
        self._owner = os.getpid()
        # -P: a folder that somebody works in must not lend its modules to this process.
        # Without buffers: closed after a fork, they would write what another thread is writing.
        self._child = subprocess.Popen(  # noqa: S603 - this very Python and a module of ours
            [sys.executable, "-P", "-m", "nianbao.documents.confined.worker", str(self._owner)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=os.environ | _ALLOCATION,
        )
        self._left = b""
        try:
            self._memory = psutil.Process(self._child.pid)
            ready = self._line(_START)
        except (BrokenChildError, psutil.Error):
            ready = None
        except BaseException:
            self.end()
            raise
        if ready is None:
            self.end()
            raise ConfigurationError(f"{sys.executable} does not start the reader of PDF files")

    @property
    def pid(self) -> int:
        """Its number."""
        return self._child.pid

    def is_usable(self) -> bool:
        """Tell whether it runs, was started by this very process and has not grown too large."""
        if self._owner != os.getpid() or self._child.poll() is not None:
            return False
        try:
            return bool(self._memory.memory_info().rss <= _GROWN)
        except psutil.Error:
            return False

    def read(self, kind: Kind, data: bytes, limits: Limits) -> dict[str, Any]:
        """Return its answer about a file.

        Raises `ReadError("over_limit")`, and `BrokenChildError` where the process does not live to
        answer. Whatever is raised ends it: an answer that comes late would be taken for the next
        file's.
        """
        try:
            self._send(kind, data)
            return self._answer(limits)
        except (OSError, psutil.Error) as error:
            self.end()
            raise BrokenChildError from error
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """End the process, and wait until it is gone."""
        with contextlib.suppress(OSError):
            self._child.kill()
        self._close()
        self._child.wait()

    def leave(self) -> None:
        """Let go of a process that belongs to the one this was forked from."""
        self._close()
        self._child.returncode = 0

    def _close(self) -> None:
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _send(self, kind: Kind, data: bytes) -> None:
        assert self._child.stdin is not None  # noqa: S101 - it was opened as a pipe
        header = json.dumps({"kind": kind, "size": len(data)}).encode() + b"\n"
        for part in (header, data):
            rest = memoryview(part)
            while rest:
                rest = rest[os.write(self._child.stdin.fileno(), rest) :]

    def _answer(self, limits: Limits) -> dict[str, Any]:
        """Return what the process has to say at the end."""
        meter = Meter(limits, self._used(), self._memory.memory_info().rss, time.monotonic())
        while True:
            line, used, now = self._line(_WATCH), self._used(), time.monotonic()
            meter.check(used, self._memory.memory_info().rss, now)
            if line is not None:
                said: dict[str, Any] = json.loads(line)
                if "word" not in said:
                    return said
                meter.heard(said["word"], used, now)

    def _used(self) -> float:
        """Return the seconds that the process has computed."""
        times = self._memory.cpu_times()
        return float(times.user + times.system)

    def _line(self, seconds: float) -> bytes | None:
        """Return the next line, or `None` where no whole one came in time."""
        assert self._child.stdout is not None  # noqa: S101 - it was opened as a pipe
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            while b"\n" not in self._left:
                if not selector.select(max(until - time.monotonic(), 0.0)):
                    return None
                more = os.read(self._child.stdout.fileno(), 1 << 20)
                if not more:
                    raise BrokenChildError
                self._left += more
        line, _, self._left = self._left.partition(b"\n")
        return line
