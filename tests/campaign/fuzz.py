"""`make campaign-fuzz`: damaged files of every format, read under a watchdog.

Nothing but a `ReadError` may come out, in ten seconds of the processor, with at most 500 MB more memory.
"""

import argparse
import signal
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

from campaign.corpus import corpus
from campaign.figures import FOLDER, publish
from campaign.victim import Outcome, Target
from campaign.watch import LIMIT, watched
from support.mutate_files import FILES

MOST_GROWN = 500_000_000
CRASHES = FOLDER / "crashes"
_KEPT = 5
"""Files kept of one kind of failure; the others only count."""
_CONVERTED = ("doc", "image")
_CONVERTING = 120.0
"""Seconds of the processor where a converter is let in: it has limits of its own."""
HEADS = (
    "format", "files", "read", "refused", "not converted", "failed", "slowest, s", "most memory, MB",
)  # fmt: skip


@dataclass
class _Tally:
    files: int = 0
    what: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    slowest: float = 0.0
    grown: int = 0

    def row(self, kind: str) -> dict[str, Any]:
        without = self.what["converter_missing"]
        return {
            "format": kind,
            "files": self.files,
            "read": self.what["read"],
            "refused": self.files - self.what["read"] - self.failed - without,
            "not converted": without,
            "failed": self.failed,
            "slowest, s": round(self.slowest, 1),
            "most memory, MB": round(self.grown / 1_000_000),
            "outcomes": dict(self.what),
        }


def main(arguments: list[str] | None = None) -> int:
    """Run or replay; 1 where a file failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", type=int, nargs="?", default=100_000, help="damaged files")
    parser.add_argument("--start", type=int, default=0, help="first seed")
    parser.add_argument("--only", nargs="*", choices=list(FILES), help="these formats alone")
    parser.add_argument("--converted", type=int, default=300, help="files for LibreOffice and OCR")
    parser.add_argument("--workers", type=int, default=2, help="processes")
    parser.add_argument("--every", type=int, default=5_000, help="files after which to publish")
    parser.add_argument("--replay", type=Path, help="read one kept file again")
    chosen = parser.parse_args(arguments)
    if chosen.replay:
        return _replay(chosen.replay)
    # A shell that starts it in the background lets it ignore the signal that ends it in good order.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    kept: Counter[str] = Counter()
    kinds = chosen.only or list(FILES)
    with suppress(KeyboardInterrupt):  # what was counted until then is told
        _run_all(chosen, kinds, tallies, kept)
    _publish(tallies)
    for told, count in kept.most_common():
        Console().print(f"{count} x {told}", markup=False)
    return int(bool(kept))


def _run_all(
    chosen: argparse.Namespace,
    kinds: list[str],
    tallies: dict[str, _Tally],
    kept: Counter[str],
) -> None:
    """Read all files, then some of those that need a converter with one; publish now and then."""
    plain = _targets(kinds, chosen.start, chosen.n)
    for done, _ in enumerate(_run(plain, chosen.n, tallies, kept, chosen.workers), 1):
        if done % chosen.every == 0:
            _publish(tallies)
    slow = [kind for kind in kinds if kind in _CONVERTED]
    if slow and chosen.converted:
        targets = _targets(slow, chosen.start, chosen.converted)
        deque(_run(targets, chosen.converted, tallies, kept, chosen.workers, converters=True), 0)


def _publish(tallies: dict[str, _Tally]) -> None:
    rows = [tally.row(kind) for kind, tally in sorted(tallies.items())]
    publish("fuzz", rows, HEADS, ("format",))


def _targets(kinds: list[str], start: int, count: int) -> Iterator[Target]:
    """Yield targets, the formats in turn, our own files and those of other writers in turn."""
    sources = {kind: cycle(["", *map(str, corpus(kind))]) for kind in kinds}
    for number, kind in zip(range(count), cycle(kinds), strict=False):
        yield Target(kind, start + number, next(sources[kind]))


def _run(
    targets: Iterator[Target],
    count: int,
    tallies: dict[str, _Tally],
    kept: Counter[str],
    workers: int,
    *,
    converters: bool = False,
) -> Iterator[Target]:
    """Yield each file when it is counted."""
    limit = _CONVERTING if converters else LIMIT
    columns = (*Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns) as progress:
        bar = progress.add_task("with converters" if converters else "damaged files", total=count)
        for target, outcome in watched(
            lambda: next(targets, None), workers, converters=converters, limit=limit
        ):
            assert isinstance(target, Target)
            name = f"{target.kind}, converted" if converters else target.kind
            _count(tallies[name], target, outcome, kept, limit)
            progress.advance(bar)
            yield target


def _count(
    tally: _Tally, target: Target, outcome: Outcome, kept: Counter[str], limit: float
) -> None:
    tally.files += 1
    tally.what[outcome.what] += 1
    tally.slowest = max(tally.slowest, outcome.seconds)
    tally.grown = max(tally.grown, outcome.grown)
    trouble = trouble_of(outcome, limit)
    if trouble:
        tally.failed += 1
        last = trouble.strip().splitlines()
        told = (
            f"{target.kind}: {last[-1][:150]} | {last[-2].strip()[:100] if len(last) > 1 else ''}"
        )
        kept[told] += 1
        if kept[told] <= _KEPT:
            _keep(target, trouble)


def trouble_of(outcome: Outcome, limit: float = LIMIT) -> str:
    """Return what is wrong with an outcome; nothing where it is as it should be."""
    if outcome.trouble:
        return outcome.trouble
    if outcome.seconds > limit:
        return f"took {outcome.seconds:.1f} seconds of the processor"
    if outcome.grown > MOST_GROWN:
        return f"grown by {outcome.grown // 1_000_000} MB"
    return ""


def _keep(target: Target, trouble: str) -> None:
    CRASHES.mkdir(parents=True, exist_ok=True)
    data = target.data()
    path = CRASHES / f"{target.kind}-{target.seed}-{sha256(data).hexdigest()[:8]}.bin"
    path.write_bytes(data)
    path.with_suffix(".txt").write_text(f"{target}\n{trouble}\n", "utf-8")


def _replay(path: Path) -> int:
    """Read one file again and tell what comes of it."""
    left = iter([path.read_bytes()])
    [(_, outcome)] = watched(lambda: next(left, None), workers=1)
    Console().print(outcome, markup=False)
    return int(bool(trouble_of(outcome)))


if __name__ == "__main__":
    sys.exit(main())
