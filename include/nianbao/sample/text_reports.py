"""Clean reports whose running text differs from report to report, as that of real ones does.

The cells are those of a sample report; the text is put together from sentences with slots, agrees
with the cells, and holds sentences that look like faults and are lawful.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nianbao.forms import Form, load_form, load_forms
from nianbao.sample.content import Heading, Part, Text, Title
from nianbao.sample.figures import figures_for_years
from nianbao.sample.layout import Square, tables_of
from nianbao.sample.report import SampleReport
from nianbao.sample.structure import asked_codes

ORDINALS = "一二三四五六七八九"
FORM_YEARS = {
    "2014": (2014, 2018),
    "2019": (2019, 2020),
    "2021": (2021, 2024),
    "none": (2021, 2024),
}
FEES_SINCE = 2021


@cache
def text_wording() -> dict[str, Any]:
    """Return the sentences and what fills them."""
    source = files("nianbao.sample") / "data" / "text_wording.yaml"
    loaded: dict[str, Any] = yaml.safe_load(source.read_text("utf-8"))
    return loaded


def text_report(form: str, organisation: str, year: int, seed: int, size: str = "") -> SampleReport:
    """Return a report on a form (`none` for one without tables) with figures that hold.

    `size` is one of `figures.SIZES`, drawn where none is given.
    """
    size = size or random.Random(seed).choice(["none", "small", "medium"])
    if form == "2014":
        cells = dict.fromkeys(asked_codes(load_form("2014")), "0")
    else:
        drawn = figures_for_years(seed, range(2019, max(year, 2019) + 1), size)[year]
        cells = {code: f"{value.normalize():f}" for code, value in drawn.items()}
    base = SampleReport(organisation, f"x{seed}", year, form, "agency", cells, _day(year))
    return replace(base, form=form if form != "none" else "2021")


def clean_parts(
    report: SampleReport, seed: int, *, tables: bool = True, words: str | None = None
) -> list[Part]:
    """Return a report's title, paragraphs, headings and tables in reading order.

    Reports with the same `words` choose the same sentences.
    """
    return list(_parts(report, random.Random(words or f"{seed}/{report.key}"), tables))


def _parts(report: SampleReport, rng: random.Random, tables: bool) -> Iterator[Part]:
    words = text_wording()
    facts = {"organisation": report.organisation, "year": report.report_year}
    yield Title((f"{report.organisation}{report.report_year}年政府信息公开工作年度报告",))
    yield Text(words["preamble"].format(**facts))
    if rng.random() < 0.5:
        yield Text(words["period"].format(**facts))
    form = load_form(report.form)
    for section in form.sections:
        if section.code == "statistics":
            continue
        yield Heading(f"{ORDINALS[section.number - 1]}、{section.zh}")
        yield from (Text(line) for line in _lines(report, section.code, rng))
        if tables and report.form != "2014":
            yield from tables_of(report, section.code)
    if tables and report.form == "2014":
        yield Heading(form.tables[0].spec.zh)
        yield tuple(_statistics(report, form))


def _statistics(report: SampleReport, form: Form) -> Iterator[Square]:
    """Yield the squares of the list of 2014: indicator, unit, number."""
    for column, head in enumerate(text_wording()["statistics_header"]):
        yield Square(head, 0, column)
    for line, row in enumerate(form.tables[0].rows, 1):
        cell = form.cells[f"statistics.{row.code}"]
        yield Square(row.zh, line, 0)
        yield Square(cell.unit or "", line, 1)
        yield Square(report.cells.get(cell.code, ""), line, 2, code=cell.code)


def _lines(report: SampleReport, section: str, rng: random.Random) -> Iterator[str]:
    words = text_wording()
    if section == "overview":
        yield from _overview(report, rng)
    elif section == "problems":
        yield from (_filled(line, report, rng) for line in words["problems"])
    elif section == "other":
        yield words["fees"] if report.report_year >= FEES_SINCE else words["other"]


def _overview(report: SampleReport, rng: random.Random) -> Iterator[str]:
    words = text_wording()
    lawful = iter(rng.sample(words["lawful"], 5))
    for aspect in words["overview"]:
        first, *others = aspect["sentences"]
        chosen = (
            [first, *rng.sample(others, 2)]
            if first == "{received}"
            else rng.sample(aspect["sentences"], 2)
        )
        lines = [_filled(line, report, rng) for line in chosen]
        yield aspect["heading"] + "".join(lines) + _filled(next(lawful), report, rng)
    yield from _counts(report, rng)


def _counts(report: SampleReport, rng: random.Random) -> Iterator[str]:
    words, numbers = text_wording(), numbers_of(report)
    if "reviews" in numbers:
        kind = "none" if numbers["reviews"] == numbers["litigation"] == 0 else "some"
        yield words["reviews"][kind].format(**numbers)
    if "issued" in numbers and rng.random() < 0.5:
        yield words["documents"].format(**numbers)
    if rng.random() < 0.5:
        one, two, three = (rng.randint(2, 60) for _ in range(3))
        yield words["disclosed"].format(one=one, two=two, three=three, total=one + two + three)


def numbers_of(report: SampleReport) -> dict[str, Decimal]:
    """Return the numbers that the text may state, by the names that the sentences have for them."""
    cells = {code: Decimal(raw) for code, raw in report.cells.items()}
    if report.form == "2014":
        return {"new": cells["statistics.received"], "closed": cells["statistics.closed"]}
    found = {
        "new": cells["applications.received.total"],
        "carried_in": cells["applications.carried_in.total"],
        "carried_out": cells["applications.carried_out.total"],
        "closed": cells["applications.closed_total.total"],
        "reviews": cells["reviews.review.total"],
        "litigation": cells["reviews.litigation_direct.total"]
        + cells["reviews.litigation_after_review.total"],
    }
    for row in ("granted", "partly_granted", "refused", "unavailable", "not_processed"):
        found[row] = sum((v for c, v in cells.items() if _is_of(c, row)), Decimal(0))
    issued = cells.get(
        "proactive.normative_documents.issued", cells.get("proactive.normative_documents.made")
    )
    return found | ({"issued": issued} if issued is not None else {})


def _is_of(code: str, row: str) -> bool:
    return code.endswith(".total") and (
        code == f"applications.{row}.total" or code.startswith(f"applications.{row}.")
    )


def _filled(line: str, report: SampleReport, rng: random.Random) -> str:
    slots: Mapping[str, list[str]] = text_wording()["slots"]
    year = report.report_year
    facts: dict[str, object] = {name: rng.choice(words) for name, words in slots.items()}
    facts |= {"last": year - 1, "next": year + 1, "earlier": year - 4}
    facts |= {"area": rng.randint(310, 990), "office": rng.randint(2_000_000, 8_999_999)}
    if "{received}" in line:
        facts["received"] = _received(report, random.Random(rng.random()))
    return line.format(**facts)


def _received(report: SampleReport, rng: random.Random) -> str:
    words, numbers = text_wording()["received"], numbers_of(report)
    if report.form == "2014":
        return str(words["none"] if not numbers["new"] else words["plain"].format(**numbers))
    if not (numbers["new"] or numbers["carried_in"] or numbers["carried_out"]):
        return str(words["none"])
    lines = [words["some"]] + [words[k] for k in ("results", "closed") if rng.random() < 0.6]
    return "".join(lines).format(**numbers)


def _day(year: int) -> date:
    return date(year + 1, 1, 20)


def forms() -> tuple[str, ...]:
    """Return the names of all forms, and `none`."""
    return (*load_forms(), "none")


def form_of(name: str) -> Form:
    """Return a form; `none` has the sections of the newest."""
    return load_form("2021" if name == "none" else name)
