"""What all DAGs of the project share: owner, tags, retries, time limits."""

from datetime import timedelta
from typing import Any, Final

from nianbao_airflow.failures import RETRY_POLICY

OWNER: Final = "nianbao"

TAGS: Final = frozenset({"nianbao", "harvest", "warehouse"})
"""The only tags in use; a test holds DAGs to them."""

TASK_DEFAULTS: Final[dict[str, Any]] = {
    "owner": OWNER,
    "retries": 2,
    "retry_delay": timedelta(minutes=1),
    "retry_policy": RETRY_POLICY,
    # Longer than any shard at the pace that we promise to hosts; a hung task still ends.
    "execution_timeout": timedelta(hours=6),
}
