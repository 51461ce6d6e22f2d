"""Workers under a watchdog: each file has its seconds, and one that kills its worker is named."""

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import psutil

from campaign.victim import Outcome, Target, serve

LIMIT = 10.0
"""Seconds of the processor that reading a file may take; on a busy machine the clock says more."""
_WAITING = 6
"""How many times the limit the clock may say."""
_WRITING = 60.0
"""Seconds in which a worker must have started and made its file."""
_CONTEXT = multiprocessing.get_context("spawn")
Next = Callable[[], Target | bytes | None]


@dataclass
class _Worker:
    converters: bool
    limit: float
    process: BaseProcess = field(init=False)
    line: Connection = field(init=False)
    target: Target | bytes | None = None
    begun: float | None = None
    spent: float = 0.0
    sent: float = 0.0

    def start(self) -> None:
        self.line, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(
            target=serve, args=(theirs,), kwargs={"converters": self.converters}, daemon=True
        )
        self.process.start()
        theirs.close()

    def send(self, target: Target | bytes | None) -> None:
        self.target, self.begun, self.sent = target, None, time.monotonic()
        self.line.send(target)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.line.close()

    def answer(self) -> Outcome | None:
        """Return what has come of the file, `None` while it is being read."""
        try:
            while self.line.poll():
                said = self.line.recv()
                if isinstance(said, Outcome):
                    return said
                self.begun, self.spent = time.monotonic(), self._processor()
        except (EOFError, OSError):
            self.process.join(5)
            return Outcome("died", 0.0, 0, f"the worker died: exit code {self.process.exitcode}")
        return self._late()

    def _late(self) -> Outcome | None:
        now = time.monotonic()
        if self.begun is not None:
            spent = self._processor() - self.spent
            if spent > self.limit or now - self.begun > _WAITING * self.limit:
                return Outcome("hung", spent, 0, f"more than {self.limit:.0f} seconds")
        if self.begun is None and now - self.sent > _WRITING:
            return Outcome("hung", now - self.sent, 0, "the file was not made")
        return None

    def _processor(self) -> float:
        """Return the seconds that the worker has worked, without those of its children."""
        with suppress(psutil.Error):
            times = psutil.Process(self.process.pid).cpu_times()
            return float(times.user + times.system)
        return 0.0


def watched(
    next_target: Next, workers: int = 2, *, converters: bool = False, limit: float = LIMIT
) -> Iterator[tuple[Target | bytes, Outcome]]:
    """Yield what comes of each target; a worker that died or hung is replaced by a new one."""
    crew = [_Worker(converters, limit) for _ in range(workers)]
    try:
        for worker in crew:
            worker.start()
            _send_next(worker, next_target)
        while any(worker.target is not None for worker in crew):
            busy = [worker for worker in crew if worker.target is not None]
            wait([worker.line for worker in busy], timeout=0.5)
            for worker in busy:
                outcome = worker.answer()
                if outcome is None:
                    continue
                assert worker.target is not None
                yield worker.target, outcome
                if outcome.what in ("died", "hung"):
                    worker.end()
                    worker.start()
                _send_next(worker, next_target)
    finally:
        for worker in crew:
            worker.end()


def _send_next(worker: _Worker, next_target: Next) -> None:
    target = next_target()
    worker.target = target
    if target is not None:
        worker.send(target)
