"""One request at a time per host, and a rest after each."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from nianbao.crawl.clock import Clock


class Pace:
    """Keeps the turns of every host; a turn begins when the rest after the last one is over.

    The rest counts from the end of the last request, so that a slow server is asked less often.
    """

    def __init__(self, clock: Clock) -> None:
        """Start with every host rested."""
        self._clock = clock
        self._guard = Lock()
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._ended: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, seconds: float) -> Iterator[None]:
        """Wait for the host to be free and rested for this many seconds, and hold it meanwhile."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            self._rest(host, seconds)
            try:
                yield
            finally:
                self._ended[host] = self._clock.monotonic()

    def _rest(self, host: str, seconds: float) -> None:
        if host in self._ended:
            due = self._ended[host] + seconds - self._clock.monotonic()
            if due > 0:
                self._clock.sleep(due)
