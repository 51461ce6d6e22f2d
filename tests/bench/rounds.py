"""Several ways to do the same work, measured in turn, so that other load on the machine hits all alike."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.apart import spent

Work = Callable[[Any], object]


def rates(
    works: Mapping[str, Work], items: Sequence[Any], seconds: float = 3.0, most: int = 9
) -> dict[str, float]:
    """Return the items done per second of a core by each work: the median of rounds, each work in turn.

    What other programs do for it counts as its own, and waiting does not. There are at least two
    rounds, and no more than fit into about so many seconds.
    """
    for work in works.values():
        work(items[0])  # imports and caches are not what is measured
    found: dict[str, list[float]] = {name: [] for name in works}
    started = time.perf_counter()
    for done in range(most):
        if done >= 2 and time.perf_counter() - started > seconds:
            break
        for name, work in works.items():
            found[name].append(len(items) / _seconds(work, items))
    return {name: statistics.median(rounds) for name, rounds in found.items()}


def _seconds(work: Work, items: Sequence[Any]) -> float:
    started = spent()
    for item in items:
        work(item)
    return spent() - started
