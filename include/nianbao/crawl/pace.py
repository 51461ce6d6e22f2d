"""One request at a time per host, and a rest after each."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from nianbao.crawl.clock import Clock
from nianbao.errors import TransientFetchError
from nianbao.model import sha256_of

_LONGEST_TURN = 900.0
"""Seconds; a process that holds a host for longer hangs, and isn't waited for."""


class Pace:
    """Keeps the turns of every host; a turn begins when the rest after the last one is over.

    The rest counts from the end of the last request, so that a slow server is asked less often, and
    is up to half longer by chance, so that several workers don't fall into step. With a folder, all
    processes of the machine that use it take turns.
    """

    def __init__(self, clock: Clock, folder: Path | None = None) -> None:
        """Start with every host rested, but for what the folder tells."""
        self._clock = clock
        self._folder = folder
        self._guard = Lock()
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._ended: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, seconds: float) -> Iterator[None]:
        """Wait for the host to be free and rested for this many seconds, and hold it meanwhile.

        Raises `TransientFetchError` where another process doesn't give the host free.
        """
        with self._guard:
            lock = self._locks[host]
        wanted = seconds * (1 + self._clock.chance() / 2)
        with lock:
            if self._folder is None or seconds <= 0:  # without a pace there is none to share
                yield from self._alone(host, wanted)
            else:
                yield from self._among_others(host, wanted, self._folder)

    def _alone(self, host: str, seconds: float) -> Iterator[None]:
        if host in self._ended:
            self._rest(self._ended[host] + seconds - self._clock.monotonic())
        try:
            yield
        finally:
            self._ended[host] = self._clock.monotonic()

    def _among_others(self, host: str, seconds: float, folder: Path) -> Iterator[None]:
        folder.mkdir(parents=True, exist_ok=True)
        stamp = folder / sha256_of(host.encode())[:16]
        try:
            with FileLock(stamp.with_suffix(".lock"), timeout=_LONGEST_TURN):
                self._rest(_ended(stamp) + seconds - self._clock.now().timestamp(), seconds)
                try:
                    yield
                finally:
                    stamp.write_text(repr(self._clock.now().timestamp()))
        except Timeout:
            message = "another process has held the host for too long"
            raise TransientFetchError(message, url=host) from None

    def _rest(self, due: float, most: float | None = None) -> None:
        # The time of day may be set back, and must not make us wait for hours.
        wait = due if most is None else min(due, most)
        if wait > 0:
            self._clock.sleep(wait)


def _ended(stamp: Path) -> float:
    """Return when the host's last request ended, in seconds of the epoch; 0 if nobody knows."""
    try:
        return float(stamp.read_text())
    except (FileNotFoundError, ValueError):
        return 0.0
