"""Builds, checks and publications killed at random moments, and what they leave."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

from nianbao.model import Report
from nianbao.pipeline import warehouse
from nianbao.settings import Settings
from nianbao.warehouse.content import content_hash
from nianbao.warehouse.versions import current_version, load_versions
from support.copies import quick_builds
from support.installation import Installation, installed, reports

STEPS = ("build", "check", "publish")
_ROWS = """
    SELECT DISTINCT title, (SELECT count(*) FROM reports), (SELECT count(*) > 0 FROM evaluated_rules)
    FROM reports
"""
_VALUES = "SELECT DISTINCT value::INTEGER::VARCHAR FROM report_cells WHERE code LIKE '%.received.%'"
_WAITING = 120.0
_CONTEXT = multiprocessing.get_context("forkserver")
_HEAVY = ["nianbao.pipeline.warehouse", "pandas", "pyarrow.parquet"]
"""What each attempt would import anew."""


@dataclass
class Kills:
    """What came of the kills: where each fell, what readers saw after it, and what was wrong."""

    fell: Counter[str] = field(default_factory=Counter)
    saw_old: Counter[str] = field(default_factory=Counter)
    saw_new: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Victims(Installation):
    """An installation whose publications are processes of their own."""

    def __init__(self, settings: Settings, template: Path | None) -> None:
        super().__init__(settings)
        self.template = template


def refresh(settings: Settings, told: Connection, template: Path | None) -> None:
    """Build, check and publish, and tell when each step begins; the work of the killed process."""
    with quick_builds(template) if template else nullcontext():
        told.send("build")
        built = warehouse.build(settings)
        told.send("check")
        built = warehouse.check(settings, built)
        told.send("publish")
        done = warehouse.publish(settings, built, without_gate=True)
        told.send(done["outcome"])


def campaign(
    folder: Path, kills: int, documents: int, seed: int = 0, template: Path | None = None
) -> Kills:
    """Kill publications of ever new values, each time followed by one that may come to its end.

    With a template, builds are copies of it with another title, and no rules are run.
    """
    chance, found = random.Random(seed), Kills()
    installation = Victims(installed(folder).settings, template)
    installation.harvest(_round(documents, 0), url="http://x/page")
    seconds, _ = _undisturbed(installation)
    number, left = 0, kills
    while left:
        number += 1
        # All reports change at once, so that a mixture of two versions shows.
        installation.harvest(_round(documents, number), url="http://x/page")
        for _ in range(min(left, chance.choice((1, 1, 2)))):
            step = STEPS[(kills - left) % len(STEPS)]
            fell = _kill(installation, step, chance.random() * seconds[step])
            _judge(installation, found, fell, number, documents)
            left -= 1
        seconds, outcome = _undisturbed(installation)
        if outcome not in ("published", "unchanged"):
            found.wrong.append(f"round {number}: the next run ended with {outcome}")
        if _seen(installation) != _shows(number, documents):
            found.wrong.append(f"round {number}: the next run shows {_seen(installation)}")
    found.wrong += _left_behind(installation)
    return found


def _round(documents: int, number: int) -> list[Report]:
    return [replace(body, title=str(number)) for body in reports(1, documents, number)]


def _started(installation: Victims) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    _CONTEXT.set_forkserver_preload(_HEAVY)
    told, tell = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(
        target=refresh, args=(installation.settings, tell, installation.template)
    )
    process.start()
    tell.close()
    return process, told


def _undisturbed(installation: Victims) -> tuple[dict[str, float], str]:
    """Return how long each step took, and what the last one said."""
    process, told = _started(installation)
    words = [(word, time.monotonic()) for word in _words(told)]
    process.join(_WAITING)
    seconds = {word: end - start for (word, start), (_, end) in pairwise(words)}
    return seconds, words[-1][0] if words else ""


def _words(told: Connection) -> Iterator[str]:
    while True:
        try:
            yield told.recv()
        except EOFError:
            return


def _kill(installation: Victims, step: str, seconds: float) -> str:
    """Kill a publication some time after a step began; return where it was then."""
    process, told = _started(installation)
    last = ""
    for last in _words(told):
        if last == step or last not in STEPS:
            break
    time.sleep(seconds)
    process.kill()
    process.join(_WAITING)
    last = [last, *_words(told)][-1]
    return last if last in STEPS else "the end"


def _judge(installation: Victims, found: Kills, fell: str, number: int, documents: int) -> None:
    """Count what readers see now: the version before in whole, or the new one in whole."""
    found.fell[fell] += 1
    root, where = installation.root, f"round {number}, killed in {fell}"
    seen, version = _seen(installation), current_version(root)
    if seen == _shows(number, documents):
        found.saw_new[fell] += 1
    elif seen == _shows(number - 1, documents):
        found.saw_old[fell] += 1
    else:
        found.wrong.append(f"{where}: readers see {seen}")
    if version is None or version.content_hash != content_hash(root / "nianbao.duckdb"):
        found.wrong.append(f"{where}: the file is not the one that the list describes")


def _seen(installation: Victims) -> list[tuple[object, ...]]:
    seen = installation.query(_ROWS)
    values = [] if installation.template else installation.query(_VALUES)
    return seen if values in ([], [row[:1] for row in seen]) else [*seen, *values]


def _shows(number: int, documents: int) -> list[tuple[object, ...]]:
    return [(str(number), documents, True)]


def _left_behind(installation: Victims) -> Iterator[str]:
    """Yield what should not be there after the last run: half-written files, builds, versions."""
    root, settings = installation.root, installation.settings
    kept = {version.id for version in load_versions(root) if version.removed_at is None}
    if {path.name for path in (root / "versions").iterdir()} != kept:
        yield "the folders are not those of the list"
    if len(kept) > settings.versions_kept:
        yield f"{len(kept)} versions are kept"
    yield from (f"left behind: {path}" for path in root.rglob("*.new"))
    yield from (f"left behind: {path}" for path in (root / "staging").iterdir())
    again = settings.model_copy(update={"warehouse_dir": root.parent / "again"})
    elsewhere = Victims(again, installation.template)
    _undisturbed(elsewhere)
    if load_versions(elsewhere.root)[-1].content_hash != load_versions(root)[-1].content_hash:
        yield "an undisturbed installation has other contents"
