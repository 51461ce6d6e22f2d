"""Faults of the running text, declared in a file and laid over otherwise clean reports.

Each names the rule that must find it. Nothing here knows how a rule works.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from nianbao.errors import ConfigurationError
from nianbao.forms import load_form
from nianbao.sample.content import Heading, Part, Text, Title
from nianbao.sample.identity_numbers import identity_number
from nianbao.sample.layout import Grid, Square
from nianbao.sample.report import SampleReport
from nianbao.sample.text_reports import (
    FORM_YEARS,
    ORDINALS,
    clean_parts,
    numbers_of,
    text_report,
    text_wording,
)
from nianbao.sample.word_text import text_of_parts

_SEEDS_TRIED = 400
_QUIET = "none"
"""A copy and its source have no applications, so that no count makes them differ."""


class TextFault(BaseModel):
    """One fault: the rule that must find it, and what it does to a report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    rule: str
    forms: tuple[str, ...]
    needs: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    find: str | None = None
    find_start: str | None = None
    put: str = ""
    add: dict[str, str] = {}
    heading: dict[str, str | None] = {}
    empty: str | None = None
    shorten: dict[str, str] = {}
    swap: tuple[str, str] | None = None
    labels: dict[str, str] = {}
    drop: str | None = None
    drop_table: str | None = None
    row: str | None = None
    year: int | None = None
    copy_of: Literal["last_year", "other_agency"] | None = None


@dataclass(frozen=True)
class Faulty:
    """Printed documents, the last with the fault; the others are what it was copied from."""

    fault: TextFault
    form: str
    organisation: str
    year: int
    texts: tuple[str, ...]


@cache
def text_faults() -> tuple[TextFault, ...]:
    """Return every declared fault."""
    source = (files("nianbao.sample") / "data" / "text_faults.yaml").read_text("utf-8")
    entries = yaml.safe_load(source)
    for entry in entries:
        entry["copy_of"] = entry.pop("copy", None)
    return tuple(TextFault.model_validate(entry) for entry in entries)


def faulty_report(fault: TextFault, form: str, organisation: str, other: str, seed: int) -> Faulty:
    """Return a report of an organisation with one fault; `other` is a body that it may name.

    Raises `ConfigurationError` where no report fits what the fault needs.
    """
    report, seed = _fitting(fault, form, organisation, seed)
    rng = random.Random(f"{fault.name}/{organisation}/{seed}")
    tables = form != "none"
    if fault.copy_of:
        texts = _copied(fault, report, other, seed, tables)
        return Faulty(fault, form, organisation, report.report_year, texts)
    changed = replace(report, labels=fault.labels, cells=_cells(report, fault))
    parts = _changed(clean_parts(changed, seed, tables=tables), fault, report, other, rng)
    year = fault.year or report.report_year
    return Faulty(fault, form, organisation, year, (text_of_parts(parts),))


def _fitting(fault: TextFault, form: str, organisation: str, seed: int) -> tuple[SampleReport, int]:
    first, last = FORM_YEARS[form]
    for attempt in range(seed, seed + _SEEDS_TRIED * 1000, 1000):
        year = random.Random(attempt).randint(first, last)
        if fault.copy_of == "last_year":
            year = max(year, first + 1)
        size = _QUIET if fault.copy_of else ""
        report = _with_needs(text_report(form, organisation, year, attempt, size), fault)
        found = _numbers(report)
        if all(found.get(n, 0) > 0 for n in fault.needs) and all(
            found.get(n, 0) == 0 for n in fault.zero
        ):
            return report, attempt
    raise ConfigurationError(f"no report fits the fault {fault.name}")


def _with_needs(report: SampleReport, fault: TextFault) -> SampleReport:
    """Return a report of 2014 with applications where the fault needs some: its figures are plain."""
    if report.form != "2014" or "new" not in fault.needs:
        return report
    codes = ("received", "received_by.network", "closed", "closed_on_time", "answered", "granted")
    some = {f"statistics.{code}": "9" for code in codes}
    return replace(report, cells={**report.cells, **some})


def _numbers(report: SampleReport) -> dict[str, Decimal]:
    cells = report.cells
    more = {
        "fee_unpaid": cells.get("applications.other.fee_unpaid.total", "0"),
        "fees": cells.get("proactive.fees.amount", "0"),
    }
    return numbers_of(report) | {name: Decimal(raw) for name, raw in more.items()}


def _cells(report: SampleReport, fault: TextFault) -> dict[str, str]:
    if fault.drop is None:
        return dict(report.cells)
    return {c: raw for c, raw in report.cells.items() if not c.startswith(f"{fault.drop}.")}


def _changed(
    parts: list[Part], fault: TextFault, report: SampleReport, other: str, rng: random.Random
) -> list[Part]:
    facts = _facts(report, other, rng)
    parts = list(_rewritten(parts, fault, facts))
    blocks = _blocks(parts, report)
    for code, sentence in fault.add.items():
        blocks[code].append(Text(sentence.format(**facts)))
    for code, sentence in fault.shorten.items():
        blocks[code] = [blocks[code][0], Text(sentence)]
    if fault.empty:
        blocks[fault.empty] = blocks[fault.empty][:1]
    for code, heading in fault.heading.items():
        line = Heading(heading) if heading else Text(text_wording()["no_heading"])
        blocks[code] = [line, *blocks[code][1:]]
    if fault.drop_table:
        blocks[fault.drop_table] = [p for p in blocks[fault.drop_table] if not isinstance(p, tuple)]
    if fault.row:
        blocks["proactive"] = [
            _with_row(p, fault.row) if isinstance(p, tuple) else p for p in blocks["proactive"]
        ]
    order = list(blocks)
    if fault.swap:
        one, two = (order.index(code) for code in fault.swap)
        order[one], order[two] = order[two], order[one]
    return [part for code in order for part in blocks[code]]


def _rewritten(parts: list[Part], fault: TextFault, facts: dict[str, object]) -> Iterator[Part]:
    """Yield the parts with the fault's words put where its pattern stands, moved to its year."""
    put = fault.put.format(**facts)
    pattern = fault.find or fault.find_start
    shift = fault.year - int(str(facts["year"])) if fault.year else 0
    for part in parts:
        if isinstance(part, Title):
            yield Title(tuple(_shifted(line, shift) for line in part.lines))
        elif isinstance(part, Text):
            yield Text(_shifted(re.sub(pattern, put, part.text) if pattern else part.text, shift))
        else:
            yield part


def _shifted(text: str, years: int) -> str:
    return re.sub(r"20\d\d(?=[年\u3015])", lambda found: str(int(found[0]) + years), text)


def _blocks(parts: list[Part], report: SampleReport) -> dict[str, list[Part]]:
    """Return the parts by section, those before the first heading as `start`."""
    codes = iter(section.code for section in load_form(report.form).sections)
    blocks: dict[str, list[Part]] = {"start": []}
    current = "start"
    for part in parts:
        if isinstance(part, Heading):
            current = next(codes) if part.text[0] in ORDINALS else "statistics"
            blocks[current] = []
        blocks[current].append(part)
    return blocks


def _with_row(grid: Grid, label: str) -> Grid:
    """Return a table with one more row at its end, like the last."""
    last = max(square.row for square in grid)
    again = [replace(s, row=last + 1, code=None) for s in grid if s.row == last]
    named: list[Square] = [
        replace(again[0], text=label),
        *(replace(s, text="3") for s in again[1:]),
    ]
    return (*grid, *named)


def _facts(report: SampleReport, other: str, rng: random.Random) -> dict[str, object]:
    numbers = numbers_of(report)
    words = text_wording()["slots"]
    year = report.report_year
    return {
        **{name: rng.choice(choices) for name, choices in words.items()},
        "year": year,
        "last": year - 1,
        "wrong": sum(numbers.values(), Decimal(0)) + rng.randint(11, 60),
        "other_body": other,
        "mobile": f"13{rng.randint(100_000_000, 999_999_999)}",
        "identity": identity_number(rng),
        "person": rng.choice("王李张刘赵黄吴徐孙") + rng.choice(["建国", "晓红", "志强", "丽", "海燕"]),
        "small": rng.randint(2, 40),
    }  # fmt: skip


def _copied(
    fault: TextFault, report: SampleReport, other: str, seed: int, tables: bool
) -> tuple[str, ...]:
    """Return the report that was copied from, and the copy: the same words with other numbers."""
    source_year = report.report_year - (fault.copy_of == "last_year")
    name = report.organisation if fault.copy_of == "last_year" else other
    form = "none" if not tables else report.form
    source = text_report(form, name, source_year, seed, _QUIET)
    pair = (
        clean_parts(one, seed, tables=tables, words=f"{seed}/{report.organisation}")
        for one in (source, report)
    )
    one, two = (text_of_parts(parts) for parts in pair)
    return one, two
