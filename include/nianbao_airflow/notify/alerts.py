"""What DAGs and tasks call: a callback for failures, and one digest per run.

TASK_DEFAULTS = {…, "on_failure_callback": on_failure}

@task
def tally(results):
    summary = …
    digest("harvest", summary)
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["digest", "on_failure"]


def on_failure(context: Any) -> None:
    """Tell the operators that a task failed for good, or a run; never raises.

    A callback of Airflow for `on_failure_callback`, of tasks and of DAGs alike.
    """
    # A DAG file imports this module again and again; the notifiers are wanted on failures only.
    from nianbao_airflow.notify.notifiers import FailureNotifier

    FailureNotifier().notify(context)


def digest(kind: str, summary: Mapping[str, Any]) -> None:
    """Tell what a run did, in one message and only where there is something to tell; never raises.

    `kind` is one of `alerts.yaml`: harvest, warehouse, health, deadlines, housekeeping. `summary` is
    what the step returned. Of health, deadlines and housekeeping each non-empty list is shown under
    its name with its count (`labels` in `alerts.yaml` has the names in Chinese), each plain value
    as a figure; an entry may be a text or a mapping. Deadlines tell only where `absent` has entries.
    """
    from nianbao_airflow.notify.notifiers import DigestNotifier

    DigestNotifier(kind, summary).notify(_context())


def _context() -> Any:
    from airflow.sdk import get_current_context

    try:
        return get_current_context()
    except RuntimeError:  # outside a task, as from the command line
        return {}
