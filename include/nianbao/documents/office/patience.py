"""How long a converter may stay at one file: by what it computes, which a busy machine does not lengthen."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

_STILL = 10.0
"""Seconds without computing after which a converter beyond its time only waits."""
BUSY = 10
"""How many times longer a machine with other work may let it take."""


@dataclass
class Patience:
    """What is left of it: `seconds` of computing for each file, `spent` tells those of the converter."""

    seconds: float
    spent: Callable[[], float]
    clock: Callable[[], float] = time.monotonic
    _moved_at: float = field(init=False)
    _moved: float = field(init=False)
    _seen_at: float = field(init=False)
    _seen: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first file."""
        self.moved()

    @property
    def longest(self) -> float:
        """Seconds by the clock after which it ends in any case."""
        return self.seconds * BUSY

    def moved(self) -> None:
        """Begin anew: a file is done."""
        self._moved_at = self._seen_at = self.clock()
        self._moved = self._seen = self.spent()

    def is_over(self) -> bool:
        """Tell whether the file took its time: computed it, or waited beyond it."""
        now = self.clock()
        if now - self._moved_at <= self.seconds:
            return False
        spent = self.spent()
        if spent > self._seen:
            self._seen, self._seen_at = spent, now
        still = now - self._seen_at > min(self.seconds, _STILL)
        late = now - self._moved_at > self.longest
        return still or late or spent - self._moved > self.seconds


def computed_by(pid: int) -> float:
    """Return the seconds that a process and all that it started have computed."""
    spent = 0.0
    with suppress(psutil.Error):
        first = psutil.Process(pid)
        for process in (first, *first.children(recursive=True)):
            with suppress(psutil.Error):
                spent += sum(process.cpu_times()[:4])
    return spent
