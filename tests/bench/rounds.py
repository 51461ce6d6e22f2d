"""Several ways to do the same work, measured in turn, so that other load on the machine hits all alike."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psutil

from bench.apart import spent

Work = Callable[[Any], object]


def rates(
    works: Mapping[str, Work], items: Sequence[Any], seconds: float = 3.0, most: int = 9
) -> dict[str, float]:
    """Return the items done per second of a core by each work: the median of rounds, each work in turn.

    What other programs do for it counts as its own, and waiting does not. There are at least two
    rounds, and no more than fit into about so many seconds of a core.
    """
    for work in works.values():
        work(items[0])  # imports and caches are not what is measured
    found: dict[str, list[float]] = {name: [] for name in works}
    started = spent()
    for done in range(most):
        if done >= 2 and spent() - started > seconds:
            break
        for name, work in works.items():
            found[name].append(len(items) / _seconds(work, items))
    return {name: statistics.median(rounds) for name, rounds in found.items()}


def _seconds(work: Work, items: Sequence[Any]) -> float:
    before, started = _in_children(), spent()
    for item in items:
        work(item)
    own = spent() - started
    return own + _in_children() - before


def _in_children() -> float:
    """Return the seconds of a core that living children have taken: the system adds them only at their end.

    PDF and pictures are read in a process that goes on living.
    """
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return float(sum(sum(time[:4]) for time in times))
