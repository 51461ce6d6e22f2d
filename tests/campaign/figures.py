"""What a campaign counted: kept as JSON, and as tables in docs/campaigns.md."""

import json
import platform
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from nianbao.reports import READER_VERSION

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "campaign"
DOCS = ROOT / "docs" / "campaigns.md"
WHEN = ("date", "reader")
_LIBRARIES = ("selectolax", "lxml", "pypdfium2", "xlrd", "olefile", "hypothesis", "duckdb")


@dataclass
class Tally:
    """Counts of one format, form and property."""

    examples: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.examples += other.examples
        self.cells += other.cells
        self.seconds += other.seconds
        self.failures += other.failures


def publish(
    name: str, rows: Sequence[Mapping[str, Any]], heads: Sequence[str], key: Sequence[str]
) -> None:
    """Write `build/campaign/<name>.json`, and the same as the table of that name in the docs.

    Rows of an earlier run stay where this one has none of their format: `key` names the columns that
    tell rows apart, the format first. Each row says on which day, and with which reader, it was counted.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    path, facts = FOLDER / f"{name}.json", _facts()
    own = [{**row, **{head: facts[head] for head in WHEN}} for row in rows]
    kept = merged(_rows_before(path), own, key)
    text = json.dumps({**facts, "rows": kept}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", "utf-8")
    columns = [*heads, *WHEN]
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += [
        "| " + " | ".join(_text(row.get(head, "")) for head in columns) + " |" for row in kept
    ]
    told = ", ".join(f"{key} {value}" for key, value in facts.items() if key not in WHEN)
    _replace_in_docs(name, "\n".join([f"Last run with {told}.", "", *lines]))


def merged(
    before: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], key: Sequence[str]
) -> list[Mapping[str, Any]]:
    """Return the rows of two runs: those of a format that the later one has are all its own."""
    again = {row[key[0]] for row in rows}
    kept = [row for row in before if row[key[0]] not in again]
    return sorted([*kept, *rows], key=lambda row: [str(row[column]) for column in key])


def _rows_before(path: Path) -> list[dict[str, Any]]:
    """Return the rows of the run before; one that does not say when it was counted is of its file's day."""
    if not path.exists():
        return []
    before = json.loads(path.read_text("utf-8"))
    day = {head: before.get(head, "") for head in WHEN}
    return [{**day, **row} for row in before["rows"]]


def _text(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _facts() -> dict[str, str]:
    libraries = {name: version(name) for name in _LIBRARIES}
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "reader": READER_VERSION,
        "Python": platform.python_version(),
        **libraries,
    }


def _replace_in_docs(name: str, table: str) -> None:
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = DOCS.read_text("utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    DOCS.write_text(f"{before}{begin}\n{table}\n{end}{after}", "utf-8")


def as_rows(tallies: Iterable[tuple[Mapping[str, str], Tally]]) -> list[dict[str, Any]]:
    """Return tallies as rows with plain values."""
    rows = []
    for names, tally in tallies:
        cells = tally.cells
        rows.append(
            {
                **names,
                "examples": tally.examples,
                "cells": sum(cells.values()),
                **{what: cells[what] for what in ("right", "flagged", "silent")},
                "seconds": round(tally.seconds),
                "failures": tally.failures,
            }
        )
    return rows
