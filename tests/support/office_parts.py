"""Sample reports of every form as parts, and reports whose numbers all differ.

In a report full of noughts a number that went into a neighbouring column looks right.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from nianbao.forms import load_form
from nianbao.sample.content import Heading, Part, Title, parts_of, title_lines
from nianbao.sample.errors import printed_reports
from nianbao.sample.layout import Square
from nianbao.sample.report import SampleReport

_ORDINALS = "一二三四五六七"
_ODD = ("", "", "/", "—", "减5", "12（其中修订3件）")


def printed_parts(report: SampleReport) -> Iterator[Part]:
    """Yield a report from its title to its last paragraph; the form of 2014 has a list for a table."""
    if report.form != "2014":
        yield from parts_of(report)
        return
    form = load_form("2014")
    yield Title(title_lines(report))
    for ordinal, section in zip(_ORDINALS, form.sections, strict=True):
        yield Heading(f"{ordinal}、{section.zh}")
    yield tuple(_list(report))


def _list(report: SampleReport) -> Iterator[Square]:
    table = load_form("2014").table("statistics")
    lines = [("统计指标", "单位", "统计数", "")]
    for row in table.rows:
        code = f"statistics.{row.code}"
        lines.append((row.zh, row.unit or "", report.cells[code], code))
    for index, (label, unit, number, code) in enumerate(lines):
        yield Square(label, index, 0)
        yield Square(unit, index, 1)
        yield Square(number, index, 2, code=code or None)


@cache
def reports() -> tuple[SampleReport, ...]:
    """Return the sample reports that tests draw from: all that are printed, and some of 2014."""
    printed = printed_reports()
    cells = dict.fromkeys(load_form("2014").cells, "0")
    old = (
        replace(one, form="2014", report_year=2014 + number, cells=cells, labels={}, claims={},
                published_on=date(2015 + number, 3, 1))
        for number, one in enumerate(printed[:5])
    )  # fmt: skip
    return (*printed, *old)


def with_distinct_numbers(report: SampleReport, seed: int) -> SampleReport:
    """Return the report with a number of its own in each cell, and some blanks, dashes and notes."""
    rng = random.Random(seed)
    numbers = rng.sample(range(10_000), len(report.cells))
    cells = {
        code: rng.choice(_ODD) if rng.random() < 0.05 else str(number)
        for code, number in zip(report.cells, numbers, strict=True)
    }
    return replace(report, cells=cells, claims=dict.fromkeys(_said(report), "0"))


def _said(report: SampleReport) -> list[str]:
    """Return the cells that the running text repeats; it can't state a dash."""
    return [code for code in report.cells if code.endswith(".total")]
