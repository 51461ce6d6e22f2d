"""`make campaign-reading`: random reports in all formats, with noise, read back and scored.

`quiet` noise leaves no doubt about any number: every cell must be right. `loud` noise does: no cell may
be silently wrong. A property that fails stops there; the others go on.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeElapsedColumn

from campaign.chunk import Chunk, run_chunk
from campaign.figures import Tally, as_rows, publish
from support.noise_formats import FORMATS

_DEFAULTS = {"html": 10_000, "text": 10_000, "docx": 10_000, "xlsx": 10_000, "pdf": 500, "ocr": 50}
_OTHERS = {
    "mhtml": 1000,
    "markdown": 1000,
    "xls": 1000,
    "ofd": 500,
    "unruled": 500,
    "rtf": 50,
    "doc": 50,
    "odt": 50,
}
COUNTS = {**_DEFAULTS, **_OTHERS}
_SHARE = 250
_BATCH = 20
"""Chunks that share two processes."""
HEADS = ("format", "form", "noise", "examples", "cells", "right", "flagged", "silent", "seconds")
Tallies = dict[tuple[str, str, str], Tally]


def main(arguments: list[str] | None = None) -> int:
    """Run, show and publish; 1 where a property failed."""
    counts = _counts(arguments)
    tallies = _run(list(_chunks(counts)))
    names = ("format", "form", "noise")
    rows = as_rows(
        (dict(zip(names, key, strict=True)), tally) for key, tally in sorted(tallies.items())
    )
    for row in rows:
        for failure in row["failures"]:
            Console().print(f"{row['format']} {row['noise']}: {failure}", markup=False)
    publish("reading", [row for row in rows if row["examples"]], HEADS, names)
    low = _below_floor(tallies)
    Console().print("\n".join(low), markup=False)
    return int(bool(low) or any(row["failures"] for row in rows))


def _below_floor(tallies: Tallies) -> list[str]:
    """Return the formats of which too few cells are right under quiet noise."""
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    for (name, _, noise), tally in tallies.items():
        if noise == "quiet":
            cells[name] += tally.cells
    shares = {name: count["right"] / max(1, count.total()) for name, count in cells.items()}
    return [
        f"{name}: {share:.1%} of the cells are right, below {FORMATS[name].floor:.0%}"
        for name, share in shares.items()
        if share < FORMATS[name].floor and not FORMATS[name].exact
    ]


def _counts(arguments: list[str] | None) -> dict[str, int]:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, count in COUNTS.items():
        parser.add_argument(f"--{name}", type=int, default=count, help=f"examples, of {count}")
    parser.add_argument("--all", type=int, help="examples of each format, instead")
    parser.add_argument("--only", nargs="*", choices=list(COUNTS), help="these formats alone")
    chosen = vars(parser.parse_args(arguments))
    only = chosen["only"] or list(COUNTS)
    return {name: chosen["all"] or chosen[name] for name in only}


def _chunks(counts: dict[str, int]) -> Iterator[Chunk]:
    """Yield the shares; half of the examples are quiet, half are loud."""
    for name, count in counts.items():
        for loud in (False, True):
            left, number = count - count // 2 if loud else count // 2, 0
            while left > 0:
                size = min(_SHARE, left)
                number, left = number + 1, left - size
                yield Chunk(name, loud, number, size)


def _run(chunks: list[Chunk]) -> Tallies:
    tallies: Tallies = defaultdict(Tally)
    with _progress() as progress:
        bars = {
            name: progress.add_task(name, total=sum(c.examples for c in chunks if c.format == name))
            for name in dict.fromkeys(chunk.format for chunk in chunks)
        }
        failed: set[tuple[str, bool]] = set()
        for batch in _batches(chunks):
            left = [chunk for chunk in batch if (chunk.format, chunk.loud) not in failed]
            for chunk, found in _run_batch(left):
                progress.advance(bars[chunk.format], chunk.examples)
                _add(tallies, chunk, found)
                if any(tally.failures for tally in found.values()):
                    failed.add((chunk.format, chunk.loud))
    return tallies


def _batches(chunks: Sequence[Chunk]) -> Iterator[Sequence[Chunk]]:
    for start in range(0, len(chunks), _BATCH):
        yield chunks[start : start + _BATCH]


def _run_batch(chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, dict[str, Tally]]]:
    """Run some chunks in processes that end with them.

    A pool that replaces its own processes (`max_tasks_per_child`) can come to a stop for ever in
    Python 3.11.
    """
    with ProcessPoolExecutor(2) as pool:
        running = {pool.submit(run_chunk, chunk): chunk for chunk in chunks}
        for done in as_completed(running):
            yield running[done], done.result()


def _add(tallies: Tallies, chunk: Chunk, found: dict[str, Tally]) -> None:
    for form, tally in found.items():
        tallies[chunk.format, form, chunk.property].add(tally)


def _progress() -> Progress:
    return Progress(*Progress.get_default_columns(), MofNCompleteColumn(), TimeElapsedColumn())


if __name__ == "__main__":
    sys.exit(main())
