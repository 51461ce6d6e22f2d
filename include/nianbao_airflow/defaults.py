"""What all DAGs of the project share: owner, tags, retries, time limits, alerts."""

from datetime import timedelta
from typing import Any, Final

from nianbao_airflow import queues
from nianbao_airflow.failures import RETRY_POLICY
from nianbao_airflow.notify import alerts
from nianbao_airflow.pools import HARVEST, READING, WAREHOUSE

OWNER: Final = "nianbao"

TAGS: Final = frozenset({"nianbao", "harvest", "warehouse", "watch"})
"""The only tags in use; a test holds DAGs to them."""

MOST_MAPPED: Final = 500
"""Shards or batches of one run: half of what Airflow takes (`[core] max_map_length`, 1024), since each
costs the scheduler a moment. Where there is more to do, each of them gets more of it."""


def on_run_failure(context: Any) -> None:
    """Tell that a run ran out of time, as with a pool that is not there; tasks tell the rest."""
    if context.get("reason") == "timed_out":
        alerts.on_failure(context)


TASK_DEFAULTS: Final[dict[str, Any]] = {
    "owner": OWNER,
    "retries": 2,
    "retry_delay": timedelta(minutes=1),
    "retry_policy": RETRY_POLICY,
    "on_failure_callback": alerts.on_failure,
    "execution_timeout": timedelta(hours=6),
    # The tasks log what counts; a plan of thousands of portals is a line that no one reads.
    "show_return_value_in_logs": False,
}

DAG_DEFAULTS: Final[dict[str, Any]] = {
    "catchup": False,
    "max_active_runs": 1,
    "dagrun_timeout": timedelta(days=3),
    "on_failure_callback": on_run_failure,
}
"""One run of a DAG at a time: whatever comes meanwhile waits, and is one run when it is over."""

CRAWLING: Final[dict[str, Any]] = {
    "pool": HARVEST,
    "queue": queues.CRAWL,
    # Longer than a host may take (`NIANBAO_HOST_SECONDS`, 8 hours); a hung task still ends.
    "execution_timeout": timedelta(hours=10),
}
READING_TASKS: Final[dict[str, Any]] = {"pool": READING, "queue": queues.READ}
WAREHOUSE_TASKS: Final[dict[str, Any]] = {"pool": WAREHOUSE, "queue": queues.WAREHOUSE}
