"""What reading a file costs: seconds of the processor and bytes, in this process and in those it starts."""

import os
import resource
from contextlib import suppress
from pathlib import Path

from nianbao.documents.confined import read as confined

_TICKS = os.sysconf("SC_CLK_TCK")
_USER_AND_SYSTEM = slice(11, 13)
"""Fields of /proc/<pid>/stat behind the name: utime and stime."""


class Cost:
    """The meter of one file, which starts when it is made.

    Processes that ended and were waited for count in full; the one in which native code reads counts
    while it lives. A busy machine does not lengthen any of it.
    """

    def __init__(self) -> None:
        self._child, self._begun = _child(), _spent()
        self._child_begun = _spent_by(self._child)
        self._own, self._childs = _resident(os.getpid(), "VmRSS"), _resident(self._child, "VmRSS")
        for pid in (os.getpid(), self._child):
            _forget_peak(pid)

    def seconds(self) -> float:
        """Return the seconds of the processor since it was made."""
        child = _child()
        before = self._child_begun if child == self._child else 0.0
        gone = self._child_begun if child != self._child else 0.0
        return max(_spent() - self._begun - gone + _spent_by(child) - before, 0.0)

    def grown(self) -> int:
        """Return by how many bytes the larger growth of the two processes has gone beyond the start."""
        own = _resident(os.getpid(), "VmHWM") - self._own
        child = _child()
        if child is None or child != self._child:
            return own  # a new one is all growth: its libraries, loaded once for all files
        return max(own, _resident(child, "VmHWM") - self._childs)


def _child() -> int | None:
    """Return the number of the process in which native code reads, where one was started."""
    child = confined._child
    return child.pid if child is not None else None


def _spent() -> float:
    """Return the seconds of this process and of all that it started and waited for."""
    own, ended = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def _spent_by(pid: int | None) -> float:
    if pid is not None:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            return sum(map(int, fields[_USER_AND_SYSTEM])) / _TICKS
    return 0.0


def _resident(pid: int | None, name: str) -> int:
    """Return a figure of a process's memory in bytes: VmRSS now, VmHWM at most."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines() if pid else ():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0


def _forget_peak(pid: int | None) -> None:
    if pid is not None:
        with suppress(OSError):
            Path(f"/proc/{pid}/clear_refs").write_text("5")
