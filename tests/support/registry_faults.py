"""Faults that no single text shows: several documents of a report, drafts, areas, coverage, powers.

Each kind makes one body's reports with one thing wrong, and names every rule of error or warning that
this breaks, and the rule it is about. Nothing here knows how a rule works.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from nianbao.quality.tidy.build import DRAFTS
from nianbao.sample.report import SampleReport
from nianbao.sample.text_reports import FORM_YEARS, clean_parts, text_report
from nianbao.sample.word_text import text_of_parts
from support.text_checks import failures_in, warehouse_at

Served = tuple[str, str]
"""An address and the text that it served; an address may serve several, one after the other."""
FORMS = ("2014", "2019", "2021")
_REGISTRY = {
    "area_total",
    "changed_after_publication",
    "contradictory_versions",
    "draft_changed",
    "published_twice",
    "regulations_without_power",
}
_A_NUMBER: Mapping[str, str] = {
    "2014": "statistics.press_conferences",
    "2019": "proactive.penalties.decisions",
    "2021": "proactive.penalties.decisions",
}
"""A cell that stands in no sum, so that changing it breaks no identity."""


@dataclass(frozen=True)
class Case:
    """One body with one fault."""

    kind: str
    rule: str
    organisation: str
    year: int
    served: tuple[Served, ...]
    also: frozenset[str] = frozenset()
    """Rules of the registry that the fault breaks beside its own."""
    draft: tuple[str, Decimal] | None = None
    """A cell of the draft and its number there."""


Maker = Callable[[str, str, int], Case]


def _texts(report: SampleReport, seed: int) -> str:
    return text_of_parts(clean_parts(report, seed, words=report.organisation))


def _report(form: str, body: str, seed: int) -> SampleReport:
    first, last = FORM_YEARS[form]
    return text_report(form, body, first + seed % (last - first + 1), seed, "medium")


def _one_more(report: SampleReport) -> SampleReport:
    code = _A_NUMBER[report.form]
    return replace(report, cells={**report.cells, code: str(int(report.cells[code]) + 1)})


def _case(kind: str, rule: str, report: SampleReport, *served: Served, **more: object) -> Case:
    return Case(kind, rule, report.organisation, report.report_year, served, **more)  # type: ignore[arg-type]


def _published_twice(form: str, body: str, seed: int) -> Case:
    report = _report(form, body, seed)
    text = _texts(report, seed)
    two = ((f"a/{body}", text), (f"b/{body}", text + "（责任编辑：一科）\n"))
    return _case("twice", "published_twice", report, *two)


def _contradictory(form: str, body: str, seed: int) -> Case:
    report = _report(form, body, seed)
    two = ((f"a/{body}", _texts(report, seed)), (f"b/{body}", _texts(_one_more(report), seed)))
    also = frozenset({"published_twice"})
    return _case("contradictory", "contradictory_versions", report, *two, also=also)


def _changed(form: str, body: str, seed: int) -> Case:
    report = _report(form, body, seed)
    address = f"a/{body}"
    two = ((address, _texts(report, seed)), (address, _texts(_one_more(report), seed)))
    return _case("changed", "changed_after_publication", report, *two)


def _draft(form: str, body: str, seed: int) -> Case:
    report = _report(form, body, seed)
    code = _A_NUMBER[form]
    draft = (code, Decimal(report.cells[code]) + 2)
    return _case("draft", "draft_changed", report, (f"a/{body}", _texts(report, seed)), draft=draft)


def _regulations(form: str, body: str, seed: int) -> Case:
    report = _report(form, body, seed)
    row = "made" if form == "2019" else "issued"
    cells = {f"proactive.regulations.{row}": "1"}
    if form == "2019":
        cells |= {"proactive.regulations.published": "1", "proactive.regulations.public_total": "9"}
    else:
        cells |= {"proactive.regulations.in_force": "9"}
    wrong = replace(report, cells={**report.cells, **cells})
    served = (f"a/{body}", _texts(wrong, seed))
    return _case("regulations", "regulations_without_power", wrong, served)


def _area(form: str, body: str, seed: int) -> Case:
    """The government of the place prints no more than each of two bodies below it."""
    place = body.removesuffix("统计局")
    one = _report(form, body, seed)
    two = replace(one, organisation=f"{place}审计局")
    whole = replace(one, organisation=f"{place}人民政府")
    served = tuple((f"a/{each.organisation}", _texts(each, seed)) for each in (one, two, whole))
    return _case("area", "area_total", whole, *served)


MAKERS: Mapping[str, tuple[tuple[str, ...], Maker]] = {
    "twice": (FORMS, _published_twice),
    "contradictory": (FORMS, _contradictory),
    "changed": (FORMS, _changed),
    "draft": (FORMS, _draft),
    "regulations": (FORMS[1:], _regulations),
    "area": (FORMS[1:], _area),
}
"""The forms that a kind is for, and what makes a case."""


def cases(each: int, names: Iterator[str]) -> list[Case]:
    """Return so many cases of each kind, over its forms in turn, each of a body of its own."""
    found = []
    for forms, make in MAKERS.values():
        found += [make(forms[n % len(forms)], next(names), n + 1) for n in range(each)]
    return found


def wrong_in(folder: Path, seeded: Sequence[Case]) -> list[str]:
    """Return what was missed and what fired beside the faults of some cases, in words."""
    file = warehouse_at(folder, [one for case in seeded for one in case.served])
    run_checks(file, load_rules(), drafts=_drafts(file, seeded))
    found = failures_in(file)
    wrong = []
    for case in seeded:
        failed = found.get((case.organisation, case.year), {("unread", "error")})
        rules = {rule for rule, _ in failed}
        name = f"{case.kind}: {case.organisation} {case.year}"
        if not {case.rule, *case.also} <= rules:
            wrong.append(f"{name}: silent, {sorted(failed)}")
        beside = rules & _REGISTRY - {case.rule, *case.also}
        beside |= {rule for rule, severity in failed if severity == "error"}
        wrong += [f"{name}: {rule} fired" for rule in sorted(beside - {case.rule})]
    return wrong


def _drafts(file: Path, seeded: Sequence[Case]) -> pa.Table:
    with duckdb.connect(str(file), read_only=True) as con:
        ids = {
            (name, year): report_id
            for report_id, name, year in con.execute(
                "SELECT report_id, organisation_printed, report_year FROM reports"
            ).fetchall()
        }
    rows = [
        {"report_id": ids[case.organisation, case.year], "code": case.draft[0],
         "value": case.draft[1], "raw": str(case.draft[1]), "source": "draft"}
        for case in seeded if case.draft
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=DRAFTS)
