"""What the watching DAGs do: portals' health, the deadlines, the housekeeping."""

import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from nianbao.errors import ConfigurationError, NotYetError
from nianbao.settings import Settings
from nianbao_airflow.failures import skipping
from nianbao_airflow.metrics.emit import measured
from nianbao_airflow.names import METADATA_URL
from nianbao_airflow.notify import alerts
from nianbao_airflow.season import last_harvest_due
from nianbao_airflow.tasks import Facts

log = logging.getLogger(__name__)

_DAY: Final = 86_400.0


@measured
def health(stale_days: int | None, now: datetime | None = None) -> Facts:
    """Return how the portals stand, with a table in the log and a digest to the operators."""
    from nianbao.pipeline.watching.health import examine

    now = now or datetime.now(UTC)
    before = now - timedelta(days=stale_days) if stale_days else last_harvest_due(now)
    with skipping():
        found = examine(Settings(), now, before)
    for line in found.table():
        log.info("%s", line)
    summary = found.summary()
    alerts.digest("health", {name: value for name, value in summary.items() if name != "worst"})
    return summary


def judge(summary: Mapping[str, Any], fail_on: str) -> None:
    """Fail the run where a problem is as bad as `fail_on`; the digest has told it already.

    Raises:
        AirflowFailException: which no retry follows.
    """
    failing = {"error": ("error",), "warning": ("error", "warning"), "never": ()}[fail_on]
    if summary["worst"] in failing:
        raise AirflowFailException(f"{summary['error']} errors, {summary['warning']} warnings")


@measured
def deadlines(day: str | None, *, is_last: bool = True) -> Facts:
    """Write the lists of the last deadline and tell who is absent.

    Raises:
        NotYetError: where the warehouse knows of no harvest after it, and before the last try also
            while a harvest of some portal is awaited; it is tried again for a day.
    """
    from nianbao.pipeline.watching.deadlines import lists_folder, standing_at, write_lists

    settings = Settings()
    with skipping():
        standing = standing_at(settings, date.fromisoformat(day) if day else None)
        if standing.waiting and not is_last:
            raise NotYetError(
                f"version {standing.version}: {standing.waiting} of {len(standing.rows)} rows wait for"
                f" a harvest after the deadline of {standing.deadline} to end"
            )
        paths = write_lists(standing, lists_folder(settings))
    summary = standing.summary()
    for state in ("absent", "late"):
        for line in summary[state]:
            log.info("%s: %s", state, line)
    log.info("not seen, and so no alarm: %d", summary["unreadable"])
    if standing.waiting:
        log.warning("preliminary: %d rows wait for a harvest", standing.waiting)
    for path in paths:
        log.info("list: %s", path)
    alerts.digest("deadlines", summary)
    counts = {state: len(summary[state]) for state in ("absent", "late")}
    return {**summary, **counts, "files": [str(path) for path in paths]}


@measured
def tidy(params: Mapping[str, Any]) -> Facts:
    """Remove old versions and exports; the archive is never touched."""
    from nianbao.pipeline.watching.housekeeping import Keep, housekeeping

    settings = Settings()
    keep = Keep(params["keep_versions"] or settings.versions_kept, params["export_days"])
    with skipping():
        result = housekeeping(settings, keep, dry_run=params["dry_run"])
    for removal in result["removals"]:
        log.info("%s: %s (%d bytes)", removal["kind"], removal["path"], removal["bytes"])
    figures = {"removed": len(result["removals"]), "freed_bytes": result["freed_bytes"]}
    alerts.digest("housekeeping", {**figures, **{n: result[n] for n in ("problems", "disk")}})
    return {**figures, "problems": result["problems"], "disk": result["disk"]}


def clean_runs(params: Mapping[str, Any], now: datetime | None = None) -> None:
    """Remove old runs from Airflow's database, as `airflow db clean` does.

    A task has no way into that database, on purpose: only the worker that is given its address in
    `NIANBAO_METADATA_URL` cleans it. The last scheduled run of each DAG always stays.

    Raises:
        AirflowSkipException: where that is not given.
        ConfigurationError: where the command fails.
    """
    url = os.environ.get(METADATA_URL)
    before = (now or datetime.now(UTC)) - timedelta(days=params["run_days"])
    if not url:
        raise AirflowSkipException(
            f"{METADATA_URL} is not set here; on the scheduler's machine: "
            f"airflow db clean --clean-before-timestamp {before:%Y-%m-%d} --skip-archive --yes"
        )
    command = [sys.executable, "-m", "airflow", "db", "clean", "--yes", "--skip-archive"]
    command += ["--clean-before-timestamp", before.isoformat(timespec="seconds")]
    done = subprocess.run(  # noqa: S603 - our own words
        command + (["--dry-run"] if params["dry_run"] else []),
        env=_environment(url), capture_output=True, text=True, timeout=3 * 3600, check=False,
    )  # fmt: skip
    for line in done.stdout.splitlines():
        log.info("%s", line)
    if done.returncode:
        raise ConfigurationError(f"airflow db clean failed: {done.stderr.strip()[-500:]}")


def clean_logs(params: Mapping[str, Any], now: float | None = None) -> Facts:
    """Remove the folders of old runs' logs on this machine, and the DAG processor's of old days."""
    from airflow.sdk.configuration import conf

    root = Path(conf.get("logging", "base_log_folder"))
    before = (time.time() if now is None else now) - params["log_days"] * _DAY
    name = "dag_processor_child_process_log_directory"
    parsing = Path(conf.get("logging", name, fallback=str(root / "dag_processor")))
    # By their dates: `latest`, beside them, is a link to the newest.
    folders = [*root.glob("dag_id=*/run_id=*"), *parsing.glob("[0-9]*-[0-9]*-[0-9]*")]
    old = [folder for folder in sorted(folders) if _newest(folder) < before]
    for folder in old:
        log.info("log: %s", folder)
        if not params["dry_run"]:
            shutil.rmtree(folder, ignore_errors=True)
    return {"removed": len(old)}


def _newest(folder: Path) -> float:
    """Return when anything below a folder changed last; a run may go on for days."""
    return max(_changed(folder))


def _changed(folder: Path) -> Iterator[float]:
    yield folder.stat().st_mtime
    yield from (path.stat().st_mtime for path in folder.rglob("*"))


def _environment(url: str) -> dict[str, str]:
    # Airflow hides its database from tasks by this very variable.
    kept = {n: v for n, v in os.environ.items() if not n.startswith("_AIRFLOW")}
    return {**kept, "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url.replace("%", "%%")}
