"""What each task does: one call into the pipeline, with its outcome in the task's log.

The pipeline is imported inside the functions: this module costs a DAG file next to nothing.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from nianbao.errors import TransientFetchError
from nianbao.settings import Settings
from nianbao_airflow.defaults import MOST_MAPPED
from nianbao_airflow.failures import skipping
from nianbao_airflow.metrics.emit import measured
from nianbao_airflow.notify import alerts
from nianbao_airflow.wish import Wish

Facts = dict[str, Any]
"""A JSON-able result of a step of the pipeline."""

WORDS: Final = {
    "seen": "所见",
    "new": "新增",
    "changed": "变更",
    "unchanged": "未变",
    "gone": "不存在",
    "blocked": "被拦截",
    "failed": "失败",
}
"""What is counted of each portal, in Chinese too."""

log = logging.getLogger(__name__)


@measured
def plan(wish: Wish) -> list[list[str]]:
    """Return the shards: lists of portal ids, all portals of a host in one."""
    from nianbao.pipeline import harvest

    with skipping():
        shards = harvest.plan(
            Settings(),
            wish.only,
            portals=wish.portals,
            places=wish.places,
            limit=MOST_MAPPED,
        )
    log.info("portals: %d in %d groups; %s", sum(map(len, shards)), len(shards), wish)
    return shards


@measured
def harvest(shard: list[str], wish: Wish, *, run_id: str, attempt: int) -> Facts:
    """Harvest the portals of a shard; one part of the fetch log per attempt.

    A dry run asks list pages only. At the end the log has a line for each portal.

    Raises:
        TransientFetchError: if not one request was answered of a shard of several hosts. That may be
            our own network; a dead host is an outcome in the log, whatever the number of its portals.
    """
    if wish.dry_run:
        return _rehearsed(shard, wish)
    from nianbao.pipeline import harvest as pipeline

    with skipping():
        result = pipeline.harvest(
            Settings(), shard, run_id, attempt, wish.years, due_only=wish.due_only
        )
    for line in result["trouble"]:
        log.warning("%s", line)
    for portal in result.get("by_portal", ()):
        log.info("%s", portal_line(portal))
    log.info("portals: %s; outcomes: %s", result["portals"], result["outcomes"])
    if result["hosts"] > 1 and is_lost(result["outcomes"]):
        raise TransientFetchError("no request of the shard was answered", url=", ".join(shard))
    return result | {"shard": shard}


def _rehearsed(shard: list[str], wish: Wish) -> Facts:
    from nianbao.pipeline.rehearsal import rehearse

    with skipping():
        result = rehearse(Settings(), shard, wish.years, due_only=wish.due_only)
    for line in result["trouble"]:
        log.warning("%s", line)
    # The addresses go to the log only: thousands of them are nothing for Airflow's database.
    for portal in result.pop("by_portal"):
        asks = portal["asks"]
        log.info("%s (%s): would ask for %d: %s", portal["name"], portal["id"], len(asks), asks)
    return result | {"shard": shard}


def portal_line(portal: Facts) -> str:
    """Return what a harvest saw and brought of one portal."""
    counts = ", ".join(f"{WORDS[name]} {name} {portal[name]}" for name in WORDS)
    return f"{portal['name']} ({portal['id']}): {counts}"


def is_lost(outcomes: dict[str, int]) -> bool:
    """Tell whether nothing answered: a refusal is an answer, and so is a block."""
    return {outcome for outcome, count in outcomes.items() if count} == {"failed"}


def need_plan(shards: list[list[str]] | None) -> list[list[str]]:
    """Return the plan; where it failed, skip: its own failure has been told."""
    if shards is None:
        raise AirflowSkipException("nothing was planned")
    return shards


@measured
def tally(results: Iterable[Facts], shards: list[list[str]] | None) -> Facts:
    """Add up what the shards did, and log the trouble of all portals in one place.

    Raises:
        AirflowFailException: after the digest, where a shard left no result; no retry follows.
    """
    shards = need_plan(shards)
    portals, outcomes, trouble = 0, Counter[str](), []
    lost = {tuple(shard) for shard in shards}
    for result in results:
        lost.discard(tuple(result["shard"]))
        portals += result["portals"]
        outcomes.update(result["outcomes"])
        trouble += result["trouble"]
    trouble = [_lost_line(shard) for shard in sorted(lost)] + trouble
    for line in trouble:
        log.warning("%s", line)
    log.info("portals: %d; outcomes: %s; in trouble: %d", portals, dict(outcomes), len(trouble))
    summary = {"portals": portals, "outcomes": dict(outcomes), "trouble": trouble}
    alerts.digest("harvest", summary)
    if lost:
        raise AirflowFailException(f"groups without a result: {len(lost)} of {len(shards)}")
    return summary


def _lost_line(shard: tuple[str, ...]) -> str:
    named = ", ".join(shard[:5]) + (" …" if len(shard) > 5 else "")
    return f"整组采集未完成 group lost, {len(shard)} portals: {named}"


def on_tally_failure(context: Any) -> None:
    """Tell that `tally` failed, unless it failed for a lost shard: that and the digest have told it."""
    if not isinstance(context.get("exception"), AirflowFailException):
        alerts.on_failure(context)


@measured
def pending(wish: Wish) -> list[Facts]:
    """Return the names of batches that the present reader has not read; a dry run reads nothing."""
    from nianbao.pipeline import handing, reading

    if wish.dry_run:
        raise AirflowSkipException("a dry run reads nothing")
    settings = Settings()
    with skipping():
        batches = reading.pending(settings, limit=MOST_MAPPED)
        handed = handing.hand_on(settings, batches)
    log.info("documents: %d in %d batches", sum(map(len, batches)), len(batches))
    return handed


@measured
def read(batch: Facts) -> Facts:
    """Read a batch of documents into one part of the parsed data."""
    from nianbao.pipeline import handing, reading

    settings = Settings()
    with skipping():
        result = reading.read(settings, handing.taken(settings, batch["batch"]))
    log.info("%s", result)
    return result


@measured
def announce(results: Iterable[Facts], wish: Wish) -> dict[str, int]:
    """Add up what was read; the caller hangs the sum on the asset's event.

    A dry run ends here: without the event, the warehouse is left alone.
    """
    if wish.dry_run:
        raise AirflowSkipException("a dry run brings nothing to the warehouse")
    sums = {"documents": 0, "reports": 0, "quarantined": 0}
    for result in results:
        for name in sums:
            sums[name] += result[name]
    log.info("%s", sums if sums["documents"] else "nothing new to read")
    return sums


@measured
def build() -> Facts:
    """Build the staging warehouse, or find that its sources have not changed.

    What it returns goes through the next three, which leave a build with `new` false alone.
    """
    from nianbao.pipeline import warehouse

    with skipping():
        result = warehouse.build(Settings())
    if not result["new"]:
        log.info("nothing new: version %s stands", result["version"])
    return result


@measured
def check(built: Facts) -> Facts:
    """Run the rules on the staging warehouse."""
    from nianbao.pipeline import warehouse

    with skipping():
        result = warehouse.check(Settings(), built)
    log.info("checks: %s", result.get("checks", "nothing new"))
    return result


@measured
def gate(built: Facts) -> Facts:
    """Ask the expectations; GateError where the build may not be published."""
    from nianbao.pipeline import warehouse

    with skipping():
        return warehouse.gate(Settings(), built)


@measured
def publish(built: Facts) -> Facts:
    """Publish the build: the file, its pointer, the expectation reports."""
    from nianbao.pipeline import warehouse

    with skipping():
        result = warehouse.publish(Settings(), built)
    log.info("%s: readers see version %s", result["outcome"], result["version"])
    if result["delta"]:
        log.info("changed: %s", result["delta"])
    alerts.digest("warehouse", result | {"checks": built.get("checks")})
    return result


@measured
def export(published: Facts) -> Facts:
    """Write the exports of the version that stands, where the settings ask for them.

    A failure is this task's alone: the version is published, and the next run tries again.
    """
    from nianbao.pipeline.export import export_published

    with skipping():
        result = export_published(Settings(), published)
    log.info("exports: %s", result["path"] or result["reason"])
    return result
