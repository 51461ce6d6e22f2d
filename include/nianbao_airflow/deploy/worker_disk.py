"""A worker whose disk is full takes no tasks until there is room again.

Otherwise it would be the fastest of all workers: each task that it takes fails at once, it takes the
next one, and one full disk fails a whole run. `[celery] celery_config_options` names `CELERY_CONFIG`
here, which is Airflow's own; what counts is that workers import this module. So it is also where they
are told to import what tasks need, before they are copied for them.
"""

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from airflow.configuration import conf
from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG
from celery.signals import worker_init, worker_ready  # type: ignore[import-untyped]

from nianbao.settings import Settings
from nianbao_airflow.warm import warm

CELERY_CONFIG: Final = DEFAULT_CELERY_CONFIG
ROOM: Final = 256 * 1024 * 1024
"""Bytes that have to be free: a shard's copies of the log, a document's pictures, the tasks' logs."""
EVERY_SECONDS: Final = 10.0

log = logging.getLogger(__name__)


def folders() -> list[Path]:
    """Return where a worker writes: its data, the logs, what is temporary."""
    return [
        Settings().home,
        Path(conf.get("logging", "base_log_folder")),
        Path(tempfile.gettempdir()),
    ]


def short_of_room(places: Iterable[Path], room: int = ROOM) -> Path | None:
    """Return the first folder whose disk has less room, or None; one not yet made counts as above it."""
    for place in places:
        there = next(folder for folder in (place, *place.absolute().parents) if folder.exists())
        if shutil.disk_usage(there).free < room:
            return place
    return None


class Gatekeeper:
    """Closes the queues of one worker, and opens them again."""

    def __init__(self, control: Any, worker: str, queues: Sequence[str]) -> None:
        """`control` is Celery's, `worker` the name by which it is spoken to."""
        self._control, self._worker, self._queues = control, worker, list(queues)
        self.is_open = True

    def look(self, full: Path | None) -> None:
        """Close if a disk is full, open if none is."""
        if self.is_open == (full is None):
            return
        if full is not None:
            log.error("%s takes no tasks: the disk of %s is full", self._worker, full)
            change = self._control.cancel_consumer
        else:
            log.warning("%s takes tasks again: there is room", self._worker)
            change = self._control.add_consumer
        for queue in self._queues:
            change(queue, destination=[self._worker])
        self.is_open = full is None


def watch(keeper: Gatekeeper, full: Callable[[], Path | None], stop: threading.Event) -> None:
    """Look every few seconds until `stop` is set; trouble with the queue is tried again."""
    while not stop.wait(EVERY_SECONDS):
        try:
            keeper.look(full())
        except Exception as error:  # noqa: BLE001 - the broker may be away, and will be back
            log.warning("the worker's disk could not be looked after: %s", error)


@worker_init.connect  # type: ignore[untyped-decorator]
def _warm(**_: Any) -> None:
    warm()


@worker_ready.connect  # type: ignore[untyped-decorator]
def _begin(sender: Any, **_: Any) -> None:
    app = sender.app
    keeper = Gatekeeper(app.control, sender.hostname, list(app.amqp.queues.consume_from))
    places = folders()
    keeper.look(short_of_room(places))
    arguments = (keeper, lambda: short_of_room(places), threading.Event())
    threading.Thread(target=watch, args=arguments, name="worker-disk", daemon=True).start()
