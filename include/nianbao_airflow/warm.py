"""Our imports, made once in the process that Airflow copies for each task.

A task is a copy of its worker. Where the worker has imported what tasks need, none of them has to: that
was 1.3 s of a core for each. Code that changes on the disk is seen after a restart of the workers.
"""

import logging
from importlib import import_module
from typing import Final

NEEDED: Final = (
    "nianbao_airflow.tasks",
    "nianbao_airflow.watch",
    "nianbao.pipeline.harvest",
    "nianbao.pipeline.handing",
    # By itself pyarrow imports it with the first column that it makes of a list.
    "pandas",
)
"""By the tasks that come by the hundred; what a build imports is left to it."""

log = logging.getLogger(__name__)


def warm() -> None:
    """Import what harvests and readings need."""
    for name in NEEDED:
        try:
            import_module(name)
        except Exception as error:  # noqa: BLE001 - the task that needs it fails and says why
            log.warning("not imported before the tasks: %s: %s", name, error)
