"""Work in a process of its own, so that its memory is its alone."""

import multiprocessing
import resource
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")


def apart(work: Callable[..., _Result], *arguments: object) -> _Result:
    """Return what a piece of work gives in a new process, which may start others."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_not_daemonic, (work, *arguments))


def _not_daemonic(work: Callable[..., _Result], *arguments: object) -> _Result:
    # A worker of a pool may not start workers; an ordinary process may.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    return work(*arguments)


def spent() -> float:
    """Return the seconds of a core that this process and those it started have taken."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def peak() -> float:
    """Return the megabytes that this process and its largest child have held at most."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_maxrss / 1024 for used in both)
