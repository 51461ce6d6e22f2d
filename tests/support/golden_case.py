"""A golden document: its bytes, and what it prints, taken from what was drawn and never from a reader."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nianbao.sample.content import Part

UNREAD = "unread"
PLAIN = re.compile(r"(\d+(\.\d+)?)?", re.ASCII)
SPACE = " \n\t\u00a0\u3000\u200b\ufeff\u00ad"

ODD: Mapping[str, dict[str, Any]] = {
    "减5": {"kind": "number", "value": -5},
    "增4": {"kind": "number", "value": 4},
    "+4": {"kind": "number", "value": 4},
    "↑4": {"kind": "number", "value": 4},
    "5030元": {"kind": "number", "value": 5030, "unit": "元"},
    "311.97万元": {"kind": "number", "value": 311.97, "unit": "万元"},
    "1,234": {"kind": "number", "value": 1234},
    "１２": {"kind": "number", "value": 12},
    "0 件": {"kind": "number", "value": 0, "unit": "件"},
    "22（其中修订16件）": {"kind": "number", "value": 22, "note": "其中修订16件"},
    "55(含自然失效29件)": {"kind": "number", "value": 55, "note": "含自然失效29件"},
    **{dash: {"kind": "dash"} for dash in ("/", "-", "—", "--", "无", "不涉及", "不适用")},
}
"""What a cell that is not a plain number says, as a person understands it."""

Cell = str | dict[str, Any]


@dataclass(frozen=True)
class Printed:
    """One report as a document prints it."""

    organisation: str
    report_year: int | None
    form: str
    parts: tuple[Part, ...]
    sections: tuple[str | None, ...]
    facts: tuple[dict[str, Any], ...] = ()
    not_stated: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    scope: str = "agency"
    published_on: str | None = None
    unread: frozenset[str] = frozenset()
    """Codes of cells that nobody can tell from the document."""

    def expected(self) -> dict[str, Any]:
        """Return it as the JSON file says it."""
        return {
            "organisation": self.organisation,
            "report_year": self.report_year,
            "form": self.form,
            "scope": self.scope,
            "published_on": self.published_on,
            "sections": list(self.sections),
            "facts": list(self.facts),
            **({"not_stated": list(self.not_stated)} if self.not_stated else {}),
            **({"findings": list(self.findings)} if self.findings else {}),
            "cells": self.cells(),
        }

    def cells(self) -> dict[str, Cell]:
        """Return what every drawn square says, by its code."""
        drawn = {
            square.code: square.text
            for part in self.parts
            if isinstance(part, tuple)
            for square in part
            if square.code
        }
        said = {code: understood(text) for code, text in drawn.items() if code not in self.unread}
        return {**said, **dict.fromkeys(sorted(self.unread), UNREAD)}


@dataclass(frozen=True)
class Case:
    """One file of the golden set."""

    name: str
    format: str
    data: bytes
    about: str
    reports: Sequence[Printed] = ()
    quirks: tuple[int, ...] = ()
    errors: tuple[str, ...] = ()
    floor: float = 1.0

    def write(self, folder: Path) -> None:
        """Write the file and its JSON."""
        (folder / self.name).write_bytes(self.data)
        (folder / f"{self.name}.json").write_text(_json(self), "utf-8")


def understood(text: str) -> Cell:
    """Return what the text of a square says."""
    raw = text.strip(SPACE)
    if PLAIN.fullmatch(raw):
        return raw
    if raw.startswith("-") and raw[1:].isdecimal():
        return {"raw": raw, "kind": "number", "value": -int(raw[1:])}
    if raw.endswith("件") and raw[:-1].isdecimal():
        return {"raw": raw, "kind": "number", "value": int(raw[:-1]), "unit": "件"}
    return {"raw": raw, **ODD[raw]}


def fact(measure: str, value: float | None, unit: str | None = None, **more: str) -> dict[str, Any]:
    """Return a fact as the JSON file says it."""
    return {"measure": measure, "value": value, **({"unit": unit} if unit else {}), **more}


def _json(case: Case) -> str:
    whole = {
        "about": case.about,
        "format": case.format,
        **({"quirks": list(case.quirks)} if case.quirks else {}),
        **({"floor": case.floor} if case.floor < 1 else {}),
        "reports": [report.expected() for report in case.reports],
        **({"errors": list(case.errors)} if case.errors else {}),
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    # One line per cell and per fact: easier to read beside the document.
    text = re.sub(r"\{\n\s+([^{}\[\]]*?)\n\s+\}", _on_one_line, text)
    # The cells of one row, too.
    return re.sub(r'("([a-z_]+\.[a-z_.]+)\.\w+": .*,)\n\s+(?="\2\.\w+": )', r"\1 ", text) + "\n"


def _on_one_line(found: re.Match[str]) -> str:
    inner = re.sub(r"\n\s+", " ", found[1])
    return "{" + inner + "}" if len(inner) < 160 else found[0]
