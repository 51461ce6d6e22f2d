"""How the published version stands, in the few numbers that somebody watches."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from nianbao.settings import Settings
from nianbao.warehouse.versions import WAREHOUSE_FILE, current_version


def published(
    settings: Settings, *, with_checks: bool = False, now: datetime | None = None
) -> dict[str, Any]:
    """Return the age in seconds of the version that readers see; empty where there is none.

    `with_checks` adds the number of failed checks by severity, which opens the file.
    """
    root = settings.warehouse_root
    version = current_version(root)
    if version is None:
        return {}
    born = datetime.fromisoformat(version.published_at)
    age = ((now or datetime.now(UTC)) - born).total_seconds()
    found: dict[str, Any] = {"version": version.id, "version_age_seconds": age}
    if with_checks:
        found["checks_failed"] = _failed(root / WAREHOUSE_FILE)
    return found


def _failed(file: Path) -> dict[str, int]:
    query = "SELECT severity, sum(failed)::BIGINT FROM check_summary GROUP BY severity"
    with duckdb.connect(file, read_only=True) as con:
        found = dict(con.execute(query).fetchall())
    # A severity without a line in the table had nothing to check, and nothing failed.
    return {severity: found.get(severity, 0) for severity in ("error", "warning", "info")}
