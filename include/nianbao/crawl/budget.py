"""What a run has asked for so far, per portal and per host, against what it may."""

from threading import Lock

from nianbao.crawl.clock import Clock
from nianbao.crawl.conduct import Limits
from nianbao.errors import OverBudgetError


class Budget:
    """Counts requests and time since the first one; safe to use from several threads."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        """Start with nothing spent."""
        self._limits = limits
        self._clock = clock
        self._guard = Lock()
        self._requests: dict[str, int] = {}
        self._since: dict[str, float] = {}

    def spend(self, portal_id: str, host: str, url: str) -> None:
        """Count one request; `OverBudgetError` where it would be one too many."""
        limits = self._limits
        self._ensure(f"portal {portal_id}", limits.portal_requests, limits.portal_seconds, url)
        self._ensure(f"host {host}", limits.host_requests, limits.host_seconds, url)
        with self._guard:
            for name in (f"portal {portal_id}", f"host {host}"):
                self._requests[name] = self._requests.get(name, 0) + 1
                self._since.setdefault(name, self._clock.monotonic())

    def _ensure(self, name: str, requests: int | None, seconds: float | None, url: str) -> None:
        if requests is not None and self._requests.get(name, 0) >= requests:
            raise OverBudgetError(f"not asked: {name} had {requests} requests", url=url)
        now = self._clock.monotonic()
        if seconds is not None and now - self._since.get(name, now) >= seconds:
            raise OverBudgetError(f"not asked: {name} had {seconds:g} seconds", url=url)
