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


def publish(name: str, rows: Sequence[Mapping[str, Any]], heads: Sequence[str]) -> None:
    """Write `build/campaign/<name>.json`, and the same as the table of that name in the docs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    facts = _facts()
    text = json.dumps({**facts, "rows": list(rows)}, indent=1, ensure_ascii=False)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(_text(row[head]) for head in heads) + " |" for row in rows]
    told = ", ".join(f"{key} {value}" for key, value in facts.items())
    _replace_in_docs(name, "\n".join([f"Run of {told}.", "", *lines]))


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
