"""What every bench prints and writes."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

FOLDER = Path(__file__).resolve().parents[2] / "build" / "bench"


@dataclass(frozen=True)
class Figure:
    """One measured figure beside a peer's; a `ratio` above 1 means that ours is better."""

    metric: str
    unit: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    n: int


def per_second(
    work: Callable[[Any], object], items: Sequence[Any], rounds: int = 5
) -> tuple[float, list[float]]:
    """Return the median of items done per second over some rounds, and all rounds."""
    work(items[0])  # imports and caches are not what is measured
    rates = []
    for _ in range(rounds):
        started = time.perf_counter()
        for item in items:
            work(item)
        rates.append(len(items) / (time.perf_counter() - started))
    return statistics.median(rates), rates


def publish(name: str, figures: Sequence[Figure]) -> None:
    """Print the figures as a table and write `build/bench/<name>.json`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(figure) for figure in figures], indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")
    table = Table("metric", "unit", "ours", "peer", "peer's name", "ratio", "n", title=name)
    for figure in figures:
        numbers = (f"{figure.ours:,.1f}", f"{figure.peer:,.1f}")
        table.add_row(
            figure.metric,
            figure.unit,
            *numbers,
            figure.peer_name,
            f"{figure.ratio:.2f}",
            str(figure.n),
        )
    Console().print(table)
