"""The deliberate errors of the sample reports and sites, declared in a file and applied here."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from nianbao.forms import load_form
from nianbao.sample.agencies import clean_reports
from nianbao.sample.report import SampleReport
from nianbao.sample.structure import applicants_of

Trouble = Literal["truncated", "duplicate", "gone", "forbidden", "hanging"]
CUT_AFTER = "applications.refused.internal_affairs"
"""Last row that a truncated page still holds."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mistake(_Record):
    """What one report gets wrong."""

    organisation: str
    year: int
    why: str
    add: dict[str, int] = {}
    print_: dict[str, str] = Field({}, alias="print")
    everything: str | None = None
    blank_zeros: tuple[str, ...] = ()
    collapse: dict[str, tuple[str, ...]] = {}
    labels: dict[str, str] = {}
    claims: dict[str, str] = {}

    @property
    def changed_numbers(self) -> frozenset[str]:
        """Codes of the cells whose number was changed, without those that are only blank."""
        return frozenset(self.add)


class PageTrouble(_Record):
    """How the page of a report fails."""

    organisation: str
    year: int
    trouble: Trouble


class OtherPage(_Record):
    """A page in the column of annual reports that holds none."""

    portal: str
    kind: Literal["index", "notice"]
    title: str
    published_on: date


class Mistakes(_Record):
    """The whole file."""

    reports: tuple[Mistake, ...]
    pages: tuple[PageTrouble, ...]
    other_pages: tuple[OtherPage, ...]

    def trouble_of(self, report: SampleReport) -> Trouble | None:
        """Return what is wrong with a report's page, if anything."""
        found = (one.trouble for one in self.pages if (one.organisation, one.year) == report.key)
        return next(found, None)


@cache
def load_mistakes() -> Mistakes:
    """Return the declared errors; they are read once."""
    text = (files("nianbao.sample") / "data" / "mistakes.yaml").read_text("utf-8")
    return Mistakes.model_validate(yaml.safe_load(text))


@cache
def printed_reports() -> tuple[SampleReport, ...]:
    """Return every sample report as its publisher prints it, deliberate errors included."""
    by_key = {(one.organisation, one.year): one for one in load_mistakes().reports}
    return tuple(
        apply_mistake(report, by_key[report.key]) if report.key in by_key else report
        for report in clean_reports()
    )


def corrected_report(report: SampleReport) -> SampleReport:
    """Return the report as it is once its publisher has put right what is wrong in it."""
    return next(clean for clean in clean_reports() if clean.key == report.key)


def readable_reports(corrected: Collection[tuple[str, int]] = ()) -> tuple[SampleReport, ...]:
    """Return what a harvest can read: no unreachable page, and a truncated one up to its cut.

    `corrected` names reports, by organisation and year, that were put right in the meantime.
    """
    mistakes, readable = load_mistakes(), []
    for printed in printed_reports():
        report = corrected_report(printed) if printed.key in corrected else printed
        trouble = mistakes.trouble_of(report)
        if trouble == "truncated":
            readable.append(replace(report, cells=_before_cut(report.cells)))
        elif trouble in (None, "duplicate"):
            readable.append(report)
    return tuple(readable)


def apply_mistake(report: SampleReport, mistake: Mistake) -> SampleReport:
    """Return the report with its mistake."""
    cells = dict(report.cells)
    if mistake.everything is not None:
        cells = dict.fromkeys(cells, mistake.everything)
    for code, more in mistake.add.items():
        cells[code] = str(int(cells[code]) + more)
    for code, raw in cells.items():
        if raw == "0" and any(re.fullmatch(pattern, code) for pattern in mistake.blank_zeros):
            cells[code] = ""
    cells |= mistake.print_
    for row, parts in mistake.collapse.items():
        cells = _collapsed(cells, report.form, row, parts)
    labels = {**report.labels, **mistake.labels}
    return replace(report, cells=cells, labels=labels, claims=mistake.claims)


def _collapsed(
    cells: Mapping[str, str], form: str, row: str, parts: tuple[str, ...]
) -> dict[str, str]:
    columns = (*applicants_of(load_form(form)), "total")
    one = {f"{row}.{c}": str(sum(int(cells[f"{part}.{c}"]) for part in parts)) for c in columns}
    gone = {f"{part}.{column}" for part in parts for column in columns}
    return {code: raw for code, raw in cells.items() if code not in gone} | one


def _before_cut(cells: Mapping[str, str]) -> dict[str, str]:
    codes = list(cells)
    last = max(index for index, code in enumerate(codes) if code.startswith(f"{CUT_AFTER}."))
    return {code: cells[code] for code in codes[: last + 1]}
