"""A worker with a full disk closes its queues, and opens them when there is room."""

import threading
from pathlib import Path

import pytest

from nianbao_airflow.deploy import worker_disk
from nianbao_airflow.deploy.worker_disk import Gatekeeper, short_of_room, watch

FULL = Path("/data")


class Control:
    """Remembers what a worker was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, tuple[str, ...]]] = []

    def cancel_consumer(self, queue: str, destination: list[str]) -> None:
        self.told.append(("close", queue, tuple(destination)))

    def add_consumer(self, queue: str, destination: list[str]) -> None:
        self.told.append(("open", queue, tuple(destination)))


def test_the_queues_close_once_and_open_once() -> None:
    control = Control()
    keeper = Gatekeeper(control, "celery@one", ["crawl", "read"])
    for full in (None, FULL, FULL, None, None):
        keeper.look(full)
    assert control.told == [
        ("close", "crawl", ("celery@one",)),
        ("close", "read", ("celery@one",)),
        ("open", "crawl", ("celery@one",)),
        ("open", "read", ("celery@one",)),
    ]


def test_a_folder_is_short_where_its_disk_is(tmp_path: Path) -> None:
    later = tmp_path / "not" / "made" / "yet"
    assert short_of_room([tmp_path, later], room=1) is None
    assert short_of_room([later], room=1 << 60) == later


def test_a_broker_that_is_away_does_not_end_the_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_disk, "EVERY_SECONDS", 0)
    stop, found = threading.Event(), [ConnectionError("away"), FULL]

    def full() -> Path | None:
        answer = found.pop(0)
        if not found:
            stop.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    control = Control()
    watch(Gatekeeper(control, "celery@one", ["crawl"]), full, stop)
    assert [word for word, *_ in control.told] == ["close"]
