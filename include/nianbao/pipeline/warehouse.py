"""Build, check, gate and publish, as one task or one command each."""

import hashlib
import json
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version as installed
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from nianbao.archive.log import read_log
from nianbao.errors import BuildError
from nianbao.pipeline.registered import keep_portals, known_portals
from nianbao.pipeline.storage import ParsedStore
from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from nianbao.reports.parsed import PARSED_SCHEMA
from nianbao.settings import Settings
from nianbao.warehouse import build as warehouse_build
from nianbao.warehouse.content import content_hash, counts
from nianbao.warehouse.lock import writing
from nianbao.warehouse.publish import publish as publish_staging
from nianbao.warehouse.staging import mark_passed, new_staging, require_passed
from nianbao.warehouse.versions import REPORTS_FOLDER, WAREHOUSE_FILE, current_version


def build(settings: Settings) -> dict[str, Any]:
    """Build a staging warehouse from the sources; `new` is false where they have not changed."""
    root = settings.warehouse_root
    sources = _sources(settings)
    inputs = _inputs_hash(sources)
    with writing(root):
        current = current_version(root)
        if current is not None and current.inputs_hash == inputs:
            return {"version": current.id, "staging": None, "inputs": inputs, "new": False}
        staging = new_staging(root, inputs[:16])
        warehouse_build.build(staging / WAREHOUSE_FILE, sources)
        keep_portals(staging, sources.portals)
    return {"version": None, "staging": str(staging), "inputs": inputs, "new": True}


def check(settings: Settings, built: dict[str, Any]) -> dict[str, Any]:
    """Run every rule over a staging warehouse; `new` turns false where its content is published."""
    if not built["new"]:
        return built
    with writing(settings.warehouse_root):
        file = _staged(built) / WAREHOUSE_FILE
        totals = run_checks(file, load_rules())
        content = content_hash(file)
        current = current_version(settings.warehouse_root)
        same = current is not None and current.content_hash == content
    return {
        **built,
        "new": not same,
        "content": content,
        "version": current.id if same and current else None,
        "checks": {
            "fail": totals.failed,
            "not_assessable": totals.not_assessable,
            "pass": totals.passed,
        },
    }


def gate(settings: Settings, built: dict[str, Any]) -> dict[str, Any]:
    """Let Great Expectations judge a staging warehouse and write its pages beside it.

    Raises `GateError` where a blocking expectation fails or a rule was not evaluated.
    """
    if not built["new"]:
        return built
    # Importing Great Expectations takes ten seconds, which only this step should pay.
    from nianbao.quality.expectations.gate import run_gate

    staging = _staged(built)
    with writing(settings.warehouse_root):
        run_gate(
            settings.great_expectations_dir,
            staging / WAREHOUSE_FILE,
            staging / REPORTS_FOLDER,
            [rule.id for rule in load_rules()],
            build=built["content"][:8],
        )
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
    with writing(root):
        if built["new"]:
            if not without_gate:
                require_passed(_staged(built))
            published = publish_staging(root, _staged(built), built["inputs"], datetime.now(UTC))
            built = {**built, "version": published.id}
        elif built["staging"]:
            shutil.rmtree(built["staging"], ignore_errors=True)
    return {
        "version": built["version"],
        "new": built["new"],
        "path": str(root / WAREHOUSE_FILE),
        "docs": str(root / REPORTS_FOLDER / "index.html"),
        "summary": counts(root / WAREHOUSE_FILE),
    }


def _staged(built: dict[str, Any]) -> Path:
    staging = Path(built["staging"])
    if not (staging / WAREHOUSE_FILE).exists():
        raise BuildError(f"the staging warehouse is gone, build it again: {staging}")
    return staging


def _sources(settings: Settings) -> warehouse_build.Sources:
    return warehouse_build.Sources(
        fetch_log=read_log(settings.archive_root),
        parsed=ParsedStore(settings.parsed_root).parts(),
        parsed_schema=PARSED_SCHEMA,
        portals=known_portals(settings),
    )


def _inputs_hash(sources: warehouse_build.Sources) -> str:
    """Return a hash that changes with anything a build is made from, our own code included."""
    digest = hashlib.sha256(installed("nianbao").encode())
    for part in (_log_lines(sources), _portal_lines(sources), _code_lines()):
        for line in part:
            digest.update(line.encode() + b"\n")
    for path in sources.parsed:
        digest.update(Path(path).name.encode())
        digest.update(Path(path).parent.name.encode())
    return digest.hexdigest()


def _log_lines(sources: warehouse_build.Sources) -> Iterable[str]:
    columns = ("run_id", "portal_id", "url", "outcome", "sha256")
    table = sources.fetch_log.select(columns)
    return sorted(json.dumps(row, sort_keys=True) for row in table.to_pylist())


def _portal_lines(sources: warehouse_build.Sources) -> Iterable[str]:
    return sorted(portal.model_dump_json() for portal in sources.portals)


def _code_lines() -> Iterable[str]:
    """Return the rules and the statements: a changed rule makes a new version."""
    for package in ("warehouse", "quality", "forms"):
        yield from _texts_below(files("nianbao") / package)


def _texts_below(folder: Traversable) -> Iterable[str]:
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir():
            yield from _texts_below(item)
        elif item.name.endswith((".sql", ".yaml")):
            yield item.read_text("utf-8")
