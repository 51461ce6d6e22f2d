"""One run of the local runner: alone, interruptible, and leaving nothing behind."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from filelock import FileLock, Timeout

from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import Place
from nianbao_airflow.local.processes import Processes, kill_leftovers

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """Raised where a signal asks us to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


@contextmanager
def session(place: Place) -> Iterator[tuple[Processes, int]]:
    """Give the processes of this run, and how many leftovers of a killed one had to be ended.

    At the end, however it comes, everything started is stopped; meanwhile signals are ignored.

    Raises:
        RunnerError: if another run is under way at this place.
        Interrupted: on Ctrl-C, SIGTERM and SIGHUP.
    """
    place.airflow_home.mkdir(parents=True, exist_ok=True)
    with _alone(place), _interruptible():
        killed = kill_leftovers(place.records)
        processes = Processes(place.records)
        try:
            yield processes, killed
        finally:
            _ignore_signals()
            processes.stop()


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    lock = FileLock(place.lock)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        message = f"another {place.name} is running in {place.root}; let it end or stop it first"
        raise RunnerError(message) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _interruptible() -> Iterator[None]:
    def interrupt(number: int, _frame: FrameType | None) -> None:
        _ignore_signals()
        raise Interrupted(number)

    before = {number: signal.signal(number, interrupt) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
