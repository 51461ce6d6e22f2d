"""What a stretch of work takes: seconds, and seconds of the processor."""

import resource
import time
from dataclasses import dataclass, field


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@dataclass(frozen=True)
class Spent:
    """Counts from when it is made."""

    wall: float = field(default_factory=time.perf_counter)
    processor: float = field(default_factory=_processor)

    def told(self, pages: int) -> dict[str, float]:
        """Return the pages, and what they took."""
        return {
            "pages": pages,
            "seconds": time.perf_counter() - self.wall,
            "processor": _processor() - self.processor,
        }
