"""The watchdog of the campaign of damaged files tells what hangs from what a busy machine delays."""

from collections import deque
from multiprocessing import Pipe
from types import SimpleNamespace

import pytest

from campaign import watch
from campaign.victim import Outcome


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> watch._Worker:
    """A worker with two files in its hands, the first begun; nothing is started."""
    made = watch._Worker(converters=False, limit=10.0, files=deque([b"one", b"two"]))
    monkeypatch.setattr(watch._Worker, "start", lambda self: None)
    made.line, made.theirs = Pipe()
    made.process = SimpleNamespace(pid=0, exitcode=-9, join=lambda _=0: None, kill=lambda: None)
    made.theirs.send("begun")
    return made


def looked_at(
    worker: watch._Worker, monkeypatch: pytest.MonkeyPatch, share: float, seconds: int
) -> list[tuple[bytes, str]]:
    """Look each second while it computes a share of the time; return what was told of its files."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(watch, "time", SimpleNamespace(monotonic=lambda: clock.now))
    monkeypatch.setattr(worker, "_processor", lambda: share * clock.now)
    for _ in range(seconds):
        if told := [(file, outcome.trouble) for file, outcome in worker.outcomes()]:
            return told
        clock.now += 1
    return []


def test_a_file_that_computes_beyond_its_seconds_hangs(
    worker: watch._Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at(worker, monkeypatch, 1.0, 60) == [(b"one", "more than 10 seconds")]
    assert worker.files == deque([b"two"])


def test_a_file_on_a_busy_machine_does_not(
    worker: watch._Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at(worker, monkeypatch, 0.02, 400) == []


def test_a_file_that_waits_without_end_hangs(
    worker: watch._Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert looked_at(worker, monkeypatch, 0.0, 1_000) == [
        (b"one", "waits for 900 seconds by the clock")
    ]


def test_a_file_that_ends_its_worker_is_named_and_the_next_ones_are_not_lost(
    worker: watch._Worker,
) -> None:
    worker.theirs.send(Outcome("read", 0.1, 0))
    worker.theirs.send("begun")
    worker.theirs.close()
    found = list(worker.outcomes())
    assert [(file, outcome.what) for file, outcome in found] == [(b"one", "read"), (b"two", "died")]
