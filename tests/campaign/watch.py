"""Workers under a watchdog: each file has its seconds, and one that kills its worker is named."""

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import psutil

from campaign.victim import Outcome, Target, serve

LIMIT = 10.0
"""Seconds of the processor that reading a file may take; on a busy machine the clock says more."""
_PATIENCE = 900.0
"""Seconds by the clock for one file: for a worker that waits and computes nothing."""
_LOOK = 2.0
"""Seconds by the clock after which a file is looked at."""
_STARTING = 60.0
"""Seconds of the processor in which a worker must have started and made its file."""
_AHEAD = 32
"""Files that a worker is given at once, so that it never waits for the next."""
_CONTEXT = multiprocessing.get_context("spawn")
File = Target | bytes
Next = Callable[[], File | None]


@dataclass
class _Worker:
    converters: bool
    limit: float
    process: BaseProcess = field(init=False)
    line: Connection = field(init=False)
    files: deque[File] = field(default_factory=deque)
    """Given to it and not yet answered; the first is in its hands."""
    reads: bool = False
    moved: float = 0.0
    """When, by the clock, the first was begun or the one before it ended."""
    spent: float | None = None
    """The seconds it had computed when the first was looked at for the first time."""

    def start(self) -> None:
        """Start it, with the files of the worker before it."""
        self.line, theirs = _CONTEXT.Pipe()
        self.process = _CONTEXT.Process(
            target=serve, args=(theirs,), kwargs={"converters": self.converters}, daemon=True
        )
        self.process.start()
        theirs.close()
        self._moves(reads=False)
        for file in self.files:
            self.line.send(file)

    def give(self, next_file: Next) -> None:
        """Give it files, as many as it may have."""
        while len(self.files) < _AHEAD and (file := next_file()) is not None:
            self.files.append(file)
            with suppress(OSError):  # it died; the next one gets all that are left
                self.line.send(file)

    def end(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.line.close()

    def outcomes(self) -> Iterator[tuple[File, Outcome]]:
        """Yield what has come of its files since it was last asked."""
        try:
            while self.line.poll():
                said = self.line.recv()
                self._moves(reads=not isinstance(said, Outcome))
                if isinstance(said, Outcome):
                    yield self.files.popleft(), said
            lost = self._late()
        except (EOFError, OSError):
            self.process.join(5)
            lost = Outcome("died", 0.0, 0, f"the worker died: exit code {self.process.exitcode}")
        if lost is not None and self.files:
            yield self.files.popleft(), lost
            self.end()
            self.start()

    def _moves(self, *, reads: bool) -> None:
        self.reads, self.moved, self.spent = reads, time.monotonic(), None

    def _late(self) -> Outcome | None:
        """Return what becomes of a file that takes long; few do, so few are looked at."""
        passed = time.monotonic() - self.moved
        if passed < _LOOK:
            return None
        now = self._processor()
        self.spent = now if self.spent is None else self.spent
        spent, most = now - self.spent, self.limit if self.reads else _STARTING
        if spent > most:
            told = f"more than {most:.0f} seconds" if self.reads else "the file was not made"
            return Outcome("hung", spent, 0, told)
        if passed > _PATIENCE:
            return Outcome("hung", spent, 0, f"waits for {_PATIENCE:.0f} seconds by the clock")
        return None

    def _processor(self) -> float:
        """Return the seconds that the worker has worked, with those of the processes it started."""
        spent = 0.0
        with suppress(psutil.Error):
            own = psutil.Process(self.process.pid)
            for process in (own, *own.children(recursive=True)):
                with suppress(psutil.Error):
                    times = process.cpu_times()
                    spent += times.user + times.system
        return spent


def watched(
    next_file: Next, workers: int = 2, *, converters: bool = False, limit: float = LIMIT
) -> Iterator[tuple[File, Outcome]]:
    """Yield what comes of each file; a worker that died or hung is replaced by a new one."""
    crew = [_Worker(converters, limit) for _ in range(workers)]
    try:
        for worker in crew:
            worker.start()
            worker.give(next_file)
        while busy := [worker for worker in crew if worker.files]:
            wait([worker.line for worker in busy], timeout=0.5)
            for worker in busy:
                yield from worker.outcomes()
                worker.give(next_file)
    finally:
        for worker in crew:
            worker.end()
