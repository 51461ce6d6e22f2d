"""What each task does: one call into the pipeline, with its outcome in the task's log.

The pipeline is imported inside the functions: this module costs a DAG file next to nothing.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from typing import Any

from nianbao.errors import TransientFetchError
from nianbao.settings import Settings
from nianbao_airflow.failures import skipping

Facts = dict[str, Any]
"""A JSON-able result of a step of the pipeline."""

log = logging.getLogger(__name__)


def plan() -> list[list[str]]:
    """Return the shards: lists of portal ids, all portals of a host in one."""
    from nianbao.pipeline import harvest

    with skipping():
        return harvest.plan(Settings())


def harvest(shard: list[str], *, run_id: str, attempt: int, years: list[int] | None) -> Facts:
    """Harvest the portals of a shard; one part of the fetch log per attempt.

    Raises:
        TransientFetchError: if not one request of the shard was answered.
    """
    from nianbao.pipeline import harvest as pipeline

    with skipping():
        result = pipeline.harvest(Settings(), shard, run_id, attempt, years)
    for line in result["trouble"]:
        log.warning("%s", line)
    log.info("portals: %s; outcomes: %s", result["portals"], result["outcomes"])
    if is_lost(result["outcomes"]):
        raise TransientFetchError("no request of the shard was answered", url=", ".join(shard))
    return result


def is_lost(outcomes: dict[str, int]) -> bool:
    """Tell whether nothing answered: a refusal is an answer, and so is a block."""
    return {outcome for outcome, count in outcomes.items() if count} == {"failed"}


def tally(results: Iterable[Facts]) -> Facts:
    """Add up what the shards did, and log the trouble of all portals in one place."""
    portals, outcomes, trouble = 0, Counter[str](), []
    for result in results:
        portals += result["portals"]
        outcomes.update(result["outcomes"])
        trouble += result["trouble"]
    for line in trouble:
        log.warning("%s", line)
    log.info("portals: %d; outcomes: %s; in trouble: %d", portals, dict(outcomes), len(trouble))
    return {"portals": portals, "outcomes": dict(outcomes), "trouble": trouble}


def pending() -> list[list[str]]:
    """Return batches of hashes that the present reader has not read."""
    from nianbao.pipeline import reading

    with skipping():
        return reading.pending(Settings())


def read(batch: list[str]) -> Facts:
    """Read a batch of documents into one part of the parsed data."""
    from nianbao.pipeline import reading

    with skipping():
        result = reading.read(Settings(), batch)
    log.info("%s", result)
    return result


def announce(results: Iterable[Facts]) -> dict[str, int]:
    """Add up what was read; the caller hangs the sum on the asset's event."""
    sums = {"documents": 0, "reports": 0, "quarantined": 0}
    for result in results:
        for name in sums:
            sums[name] += result[name]
    log.info("%s", sums if sums["documents"] else "nothing new to read")
    return sums


def build() -> Facts:
    """Build the staging warehouse, or find that its sources have not changed.

    What it returns goes through the other three, which leave a build with `new` false alone.
    """
    from nianbao.pipeline import warehouse

    with skipping():
        result = warehouse.build(Settings())
    if not result["new"]:
        log.info("nothing new: version %s stands", result["version"])
    return result


def check(built: Facts) -> Facts:
    """Run the rules on the staging warehouse."""
    from nianbao.pipeline import warehouse

    with skipping():
        result = warehouse.check(Settings(), built)
    log.info("checks: %s", result.get("checks", "nothing new"))
    return result


def gate(built: Facts) -> Facts:
    """Ask the expectations; GateError where the build may not be published."""
    from nianbao.pipeline import warehouse

    with skipping():
        return warehouse.gate(Settings(), built)


def publish(built: Facts) -> Facts:
    """Publish the build: the file, its pointer, the expectation reports, the exports."""
    from nianbao.pipeline import warehouse

    with skipping():
        result = warehouse.publish(Settings(), built)
    log.info("%s: readers see version %s", result["outcome"], result["version"])
    if result["delta"]:
        log.info("changed: %s", result["delta"])
    return result
