"""Time and chance, injected: tests neither wait nor differ from run to run."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a crawl; the defaults are the real one."""

    now: Callable[[], datetime] = _utc_now
    """The time of day, in UTC."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds from some moment; never goes back."""
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    """A number from 0 up to 1, which spreads the waits of several workers."""
