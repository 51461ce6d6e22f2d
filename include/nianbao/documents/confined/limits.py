"""What one file may use up while it is read, and the meter that is held against it.

Time is the computing time of the process that reads, which a busy machine does not lengthen.
"""

from dataclasses import dataclass
from typing import Literal

from nianbao.errors import ReadError

Word = Literal["page", "scan"]
"""What a reader says: `page` after each page, `scan` before the first picture of one is recognised."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use up, in seconds of computing and bytes."""

    seconds_per_page: float = 9.0
    """Until the first page and from each page to the next, where nothing is recognised."""
    seconds_per_scan: float = 60.0
    """From where recognition begins to the end of the page: a full page of A4 takes 3 to 15."""
    seconds: float = 180.0
    """In all, where nothing is recognised."""
    seconds_with_scans: float = 600.0
    memory_bytes: int = 500_000_000
    """Beside what the process used before the file; the recogniser, once loaded, stays."""
    patience: float = 1_800.0
    """By the clock, from one word to the next: only for a process that waits and computes nothing."""


class Meter:
    """How much of its limits a file has used; all seconds are those that the process has computed."""

    def __init__(self, limits: Limits, used: float, memory: int, now: float) -> None:
        """Begin, where the process has already used so much; `now` is by the clock."""
        self._limits = limits
        self._begun = self._moved = used
        self._moved_at = now
        self._most = memory + limits.memory_bytes
        self._page, self._all = limits.seconds_per_page, limits.seconds

    def heard(self, word: Word, used: float, now: float) -> None:
        """Begin a new page, or let this one take as long as recognition does."""
        self._moved, self._moved_at = used, now
        self._page = self._limits.seconds_per_page
        if word == "scan":
            self._page, self._all = self._limits.seconds_per_scan, self._limits.seconds_with_scans

    def check(self, used: float, memory: int, now: float) -> None:
        """Raise `ReadError("over_limit")` where the file has taken more than it may."""
        late = now - self._moved_at > self._limits.patience
        if late or used - self._moved > self._page or used - self._begun > self._all:
            raise ReadError("over_limit", f"not read within {used - self._begun:.0f} seconds")
        if memory > self._most:
            raise ReadError("over_limit", f"takes more than {self._limits.memory_bytes} bytes")
