"""What has to come of each fault on each sample site, and what is wrong with what came."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nianbao.sample.faults import FAULTS
from nianbao.sample.sites import SITES
from support.fault_matrix import MOST_REQUESTS, PLACES, Cell

_FILE = Path(__file__).with_name("fault_outcomes.yaml")


@cache
def outcomes() -> dict[str, Any]:
    """Return the file."""
    return dict(yaml.safe_load(_FILE.read_text("utf-8")))


def expected(site: str, fault: str, place: str) -> str:
    """Return the word for a cell."""
    of_fault = outcomes()["faults"][fault]
    return str(of_fault.get("but", {}).get(site, {}).get(place) or of_fault[place])


def problems(site: str, fault: str, place: str, cell: Cell) -> Iterator[str]:
    """Yield what is wrong with a cell."""
    wanted, word = expected(site, fault, place), cell.word
    if word != wanted:
        yield f"is {word}, has to be {wanted}"
    if cell.doubled:
        yield f"asked for twice: {cell.doubled}"
    if cell.lost:
        yield f"{cell.lost} reports are lost for the next harvest too"
    if cell.requests > MOST_REQUESTS:
        yield f"{cell.requests} requests"
    if not cell.told and word not in {"fetched", "kept"}:
        yield "the summary says nothing of it"
    leaves_host = outcomes()["faults"][fault].get("leaves_host", False)
    if place == "article" and cell.missing and not leaves_host:
        yield f"{cell.missing} other reports are missing"
    if word == "fetched" and cell.missing:
        yield f"{cell.missing} reports are missing"


def page() -> str:
    """Return docs/faults.md."""
    facts = outcomes()
    legend = "\n".join(
        f"| `{facts['letters'][word]}` | {word} | {text} |" for word, text in facts["words"].items()
    )
    keys = ", ".join(f"{number} {site}" for number, site in enumerate(SITES, 1))
    numbers = " | ".join(str(number) for number in range(1, len(SITES) + 1))
    rows = "\n".join(f"| {fault} | {' | '.join(_row(fault))} |" for fault in FAULTS)
    return (
        f"{facts['intro']}\n| | outcome | meaning |\n|---|---|---|\n{legend}\n\n"
        f"Sample sites: {keys}.\n\n"
        f"| fault | {numbers} |\n|---|{'---|' * len(SITES)}\n{rows}\n"
    )


def _row(fault: str) -> Iterator[str]:
    letters = outcomes()["letters"]
    for site in SITES:
        yield f"`{''.join(letters[expected(site, fault, place)] for place in PLACES)}`"
