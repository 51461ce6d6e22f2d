"""Build, check, gate and publish, as one task or one command each.

A build goes from step to step as a dictionary; where its `new` turns false, `outcome` says why:
`unchanged`, `held` or `superseded` (see `nianbao.warehouse.standing`), and the other steps leave it
alone.
"""

import errno
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from nianbao.errors import BuildError
from nianbao.pipeline.expectation_reports import judge
from nianbao.pipeline.identities import keep_identities
from nianbao.pipeline.registered import keep_drafts, keep_portals, known_portals
from nianbao.pipeline.sources import all_sources, inputs_hash, without_drafts
from nianbao.pipeline.verdicts_build import (
    copy_events,
    follow_build,
    inputs_with,
    keep_decided,
    stored_events,
)
from nianbao.pipeline.verdicts_inbox import import_inbox
from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from nianbao.settings import Settings
from nianbao.warehouse import build as warehouse_build
from nianbao.warehouse.content import content_hash, counts
from nianbao.warehouse.publish import publish as publish_staging
from nianbao.warehouse.recovery import writer
from nianbao.warehouse.staging import (
    mark_passed,
    new_staging,
    next_sequence,
    require_passed,
    settle,
)
from nianbao.warehouse.standing import Standing, standing
from nianbao.warehouse.versions import REPORTS_FOLDER, WAREHOUSE_FILE

logger = logging.getLogger(__name__)

_DISK = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS, errno.EIO}
"""What a disk says that is full, write-protected or broken."""
_MEANING = {
    "published": "it is published already",
    "unchanged": "the content is the one that readers see",
    "held": "the content is one that was rolled back from; the rollback holds until it changes",
    "superseded": "it began before the version or the rollback that readers see now",
}


def build(settings: Settings) -> dict[str, Any]:
    """Build a staging warehouse from the sources; `new` is false where they have not changed."""
    root = settings.warehouse_root
    import_inbox(settings)
    with _one_clear_error("built"), writer(root):
        portals = known_portals(settings)
        events = stored_events(settings)
        # With the lock held: a build with a later number has seen later sources.
        sequence = next_sequence(root)
        sources = without_drafts(all_sources(settings, portals))
        inputs = inputs_with(inputs_hash(sources), events)
        built = {"version": None, "staging": None, "inputs": inputs, "sequence": sequence}
        found = standing(root, sequence, inputs=inputs)
        if not found.is_new:
            return _stopped(built, found)
        staging = new_staging(root, f"{sequence:08d}-{inputs[:16]}")
        try:
            limits = warehouse_build.Limits(settings.build_memory, settings.build_threads)
            warehouse_build.build(staging / WAREHOUSE_FILE, sources, limits)
            copy_events(staging / WAREHOUSE_FILE, events)
            keep_portals(staging, sources.portals)
            keep_drafts(root, portals)
            keep_identities(settings.identities_file, staging / WAREHOUSE_FILE)
        except BaseException:
            # Half a build is of no use to anybody, and may be what fills the disk.
            shutil.rmtree(staging, ignore_errors=True)
            raise
    return {**built, "staging": str(staging), "new": True, "outcome": "new"}


def check(settings: Settings, built: dict[str, Any]) -> dict[str, Any]:
    """Run every rule over a staging warehouse; `new` turns false where its content is published."""
    if not built["new"]:
        return built
    root = settings.warehouse_root
    with _one_clear_error("checked"), writer(root):
        found = standing(root, built["sequence"])
        if not found.is_new:
            return _stopped(built, found)
        file = _staged(built) / WAREHOUSE_FILE
        totals = run_checks(file, load_rules())
        decided = follow_build(file)
        settle(file)
        content = content_hash(file)
        found = standing(root, built["sequence"], content=content)
    checks = {
        "fail": totals.failed,
        "not_assessable": totals.not_assessable,
        "pass": totals.passed,
    }
    checked = {**built, "content": content, "checks": checks, "verdicts": decided}
    return checked if found.is_new else _stopped(checked, found)


def gate(settings: Settings, built: dict[str, Any]) -> dict[str, Any]:
    """Let Great Expectations judge a staging warehouse and write its pages beside it.

    Raises `GateError` where a blocking expectation fails or a rule was not evaluated.
    """
    if not built["new"]:
        return built
    root = settings.warehouse_root
    with _one_clear_error("judged"), writer(root):
        found = standing(root, built["sequence"])
        if not found.is_new:
            return _stopped(built, found)
        staging = _staged(built)
        judge(settings, staging, built["content"][:8])
        mark_passed(staging, built["content"])
    return built


def publish(
    settings: Settings, built: dict[str, Any], *, without_gate: bool = False
) -> dict[str, Any]:
    """Switch readers to a staging warehouse that passed the gate.

    Raises `GateError` where its content is not the one that passed; `without_gate` is for
    trials that Great Expectations would make slow.
    """
    root = settings.warehouse_root
    with _one_clear_error("published"), writer(root):
        if built["new"]:
            found = standing(root, built["sequence"], content=built["content"])
            built = (
                _published(settings, built, without_gate)
                if found.is_new
                else _stopped(built, found)
            )
        if not built["new"] and built["staging"]:
            shutil.rmtree(built["staging"], ignore_errors=True)
        keep_decided(settings)
    return {
        "version": built["version"],
        "new": built["outcome"] == "published",
        "outcome": built["outcome"],
        "delta": built.get("delta"),
        "path": str(root / WAREHOUSE_FILE),
        "docs": str(root / REPORTS_FOLDER / "index.html"),
        "summary": counts(root / WAREHOUSE_FILE),
    }


def _published(settings: Settings, built: dict[str, Any], without_gate: bool) -> dict[str, Any]:
    staging = _staged(built)
    version = publish_staging(
        settings.warehouse_root,
        staging,
        built["inputs"],
        datetime.now(UTC),
        sequence=built["sequence"],
        digests=None if without_gate else require_passed(staging),
        keep=settings.versions_kept,
    )
    return {**built, "version": version.id, "outcome": "published", "delta": version.delta}


def _stopped(built: dict[str, Any], found: Standing) -> dict[str, Any]:
    """Return a build that is not to be published, with the version that stands instead."""
    stands = found.version.id if found.version else None
    logger.info("build %d goes no further: %s", built["sequence"], _MEANING[found.outcome])
    return {**built, "new": False, "outcome": found.outcome, "version": stands}


def _staged(built: dict[str, Any]) -> Path:
    staging = Path(built["staging"])
    if not (staging / WAREHOUSE_FILE).exists():
        raise BuildError(f"the staging warehouse is gone, build it again: {staging}")
    return staging


@contextmanager
def _one_clear_error(done: str) -> Iterator[None]:
    """Turn what a full or a broken disk says into one line; readers keep the version they have.

    Other troubles of the system, such as an archive that does not answer, may pass: they are raised
    as they are, and tried again.
    """
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if isinstance(error, OSError) and error.errno not in _DISK:
            raise
        reason = " ".join(str(error).split())[:300]
        raise BuildError(f"the warehouse could not be {done}: {reason}") from error
