"""The reports that the golden documents print: invented bodies, figures from fixed seeds."""

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from nianbao.forms import load_form
from nianbao.sample.agencies import printed, published_on, required_form, seed_of
from nianbao.sample.content import Heading, Part, Text, Title, parts_of
from nianbao.sample.figures import figures_for_years
from nianbao.sample.layout import Grid, Square
from nianbao.sample.report import SampleReport, Style
from nianbao.sample.structure import asked_codes
from support.golden_case import Printed, fact

CLEAN = Style()
DISTINCT = ""
_FEES_SINCE = 2021


def sample(
    organisation: str,
    year: int,
    size: str = DISTINCT,
    *,
    style: Style = CLEAN,
    scope: str = "agency",
    labels: Mapping[str, str] | None = None,
    cells: Mapping[str, str] | None = None,
    without: tuple[str, ...] = (),
) -> SampleReport:
    """Return a report; `size` draws figures that add up, `cells` prints other texts.

    Without a size all figures differ: among noughts a number in the wrong column looks right.
    """
    form = required_form(year)
    drawn = _drawn(organisation, year, size) | dict(cells or {})
    kept = {code: raw for code, raw in drawn.items() if not code.startswith(without or ("-",))}
    return SampleReport(
        organisation=organisation,
        org_id="-",
        report_year=year,
        form=form.name,
        scope=scope,  # type: ignore[arg-type]
        cells=kept,
        published_on=published_on(organisation, year, area=scope == "area"),
        style=style,
        labels=labels or {},
    )


def _drawn(organisation: str, year: int, size: str) -> dict[str, str]:
    seed = seed_of(organisation)
    if size == DISTINCT:
        codes = asked_codes(required_form(year))
        numbers = random.Random(seed + year).sample(range(320), len(codes))
        return {code: str(number) for code, number in zip(codes, numbers, strict=True)}
    run = figures_for_years(seed, range(2019, year + 1), size)
    return {code: printed(value) for code, value in run[year].items()}


def report(one: SampleReport, **changes: Any) -> Printed:
    """Return a sample report as printed, with the facts that its sentences state."""
    whole = Printed(
        organisation=one.organisation,
        report_year=one.report_year,
        form=one.form,
        parts=tuple(parts_of(one)),
        sections=tuple(section.code for section in load_form(one.form).sections),
        facts=tuple(_facts(one)),
        scope=one.scope,
    )
    return replace(whole, **changes)


def _facts(one: SampleReport) -> list[dict[str, Any]]:
    rows = ("received", "carried_in", "carried_out")
    said = {row: int(one.cells[f"applications.{row}.total"] or 0) for row in rows}
    counts = {
        name: int(one.cells[f"reviews.{name}.total"] or 0)
        for name in ("review", "litigation_direct", "litigation_after_review")
    }
    litigation = counts["litigation_direct"] + counts["litigation_after_review"]
    if any(said.values()):
        facts = [fact(f"applications.{row}", said[row], "件") for row in rows]
    else:
        facts = [fact("applications.received", 0)]
    facts.append(fact("reviews.received", counts["review"]))
    facts.append(fact("litigation.received", litigation))
    if one.report_year >= _FEES_SINCE:
        facts.append(fact("fee.collected", 0, "元"))
    return facts


def only(one: Printed, *kept: str) -> Printed:
    """Return a report with some of its tables: a small file, where the others would add nothing."""
    gone = {
        place
        for place, part in enumerate(one.parts)
        if isinstance(part, tuple) and not any((s.code or "").startswith(kept) for s in part)
    }
    parts = tuple(part for place, part in enumerate(one.parts) if place not in gone)
    return replace(one, parts=parts, findings=("table_missing",) * len(gone))


def terse(one: Printed) -> Printed:
    """Return a report without its sentences."""
    parts = tuple(part for part in one.parts if not isinstance(part, Text))
    return replace(one, parts=parts, facts=())


_OLD_SECTIONS = (
    ("overview", "一、概述"),
    ("proactive", "二、主动公开政府信息情况"),
    ("applications", "三、依申请公开政府信息情况"),
    ("fees", "四、政府信息公开的收费及减免情况"),
    ("reviews", "五、因政府信息公开申请行政复议、提起行政诉讼的情况"),
    ("problems", "六、存在的主要问题及改进情况"),
    ("other", "七、其他需要报告的事项"),
)


def old_report(organisation: str, year: int, **changes: Any) -> Printed:
    """Return a report on the national statistics table of 2014."""
    cells = old_figures(seed_of(organisation) + year)
    parts: list[Part] = [Title((f"{organisation}{year}年政府信息公开工作年度报告",))]
    sentences = {
        "overview": "本机关把应当公开的事项列成清单，由专人按月更新。",
        "proactive": "主动公开的内容在网站和公告栏同时发布，过期的及时更换。",
        "applications": f"全年收到政府信息公开申请{cells['statistics.received']}件。",
        "fees": "本年度没有收取任何费用。",
        "reviews": "相关案件的数量列于附表。",
        "problems": "检索入口不够明显，来年移到首屏。",
        "other": "没有其他需要报告的事项。",
    }
    for code, heading in _OLD_SECTIONS:
        parts += [Heading(heading), Text(sentences[code])]
    parts += [Text("附表：政府信息公开情况统计表"), old_grid(cells)]
    whole = Printed(
        organisation=organisation,
        report_year=year,
        form="2014",
        parts=tuple(parts),
        sections=tuple(code for code, _ in _OLD_SECTIONS),
        facts=(fact("applications.received", int(cells["statistics.received"]), "件"),),
    )
    return replace(whole, **changes)


def old_grid(cells: Mapping[str, str]) -> Grid:
    """Return the statistics table: label, unit, number; groups are rows without a number."""
    squares = [Square(text, 0, at) for at, text in enumerate(("统计指标", "单位", "统计数"))]
    row, before = 1, ()
    for line in load_form("2014").table("statistics").rows:
        for level in range(1, len(line.path)):
            if line.path[:level] != before[:level] and not _is_row(line.path[:level]):
                squares += [Square(line.path[level - 1], row, 0), Square("—", row, 1)]
                squares.append(Square("", row, 2))
                row += 1
        code = f"statistics.{line.code}"
        squares += [Square(line.zh, row, 0), Square(line.unit or "", row, 1)]
        squares.append(Square(cells[code], row, 2, code=code))
        row, before = row + 1, line.path
    return tuple(squares)


def _is_row(path: tuple[str, ...]) -> bool:
    return any(line.path == path for line in load_form("2014").table("statistics").rows)


def old_figures(seed: int) -> dict[str, str]:
    """Return figures of the table of 2014 that add up."""
    rng = random.Random(seed)
    rows = load_form("2014").table("statistics").rows
    drawn = {line.code: rng.randint(0, 40) for line in rows}
    sums = {
        "received": [code for code in drawn if code.startswith("received_by.")],
        "closed": ["closed_on_time", "closed_extended"],
        "refused": [code for code in drawn if code.startswith("refused.")],
        "staff": ["staff_full_time", "staff_part_time"],
        "reviews": [code for code in drawn if code.startswith("reviews.")],
        "litigation": [code for code in drawn if code.startswith("litigation.")],
    }
    for code, parts in sums.items():
        drawn[code] = sum(drawn[part] for part in parts)
    drawn["disclosed"] = drawn["normative_disclosed"] + 1200
    texts = {f"statistics.{code}": str(number) for code, number in drawn.items()}
    return texts | {"statistics.budget": "3.5", "statistics.fees_collected": "0"}


def bare_report(organisation: str, year: int, **changes: Any) -> Printed:
    """Return a report without any table: sections and sentences only."""
    form = required_form(year)
    sentences = {
        "overview": "本年度收到政府信息公开申请6件，全部按期答复。",
        "proactive": "各类事项按清单公开，缺项已经补齐。",
        "applications": "申请的内容多为办事流程。",
        "reviews": "没有发生行政复议和行政诉讼。",
        "problems": "栏目更新不够均匀，来年按季度检查。",
        "other": "没有其他需要报告的事项。",
    }
    parts: list[Part] = [Title((f"{organisation}{year}年政府信息公开工作年度报告",))]
    for ordinal, section in zip("一二三四五六", form.sections, strict=True):
        parts += [Heading(f"{ordinal}、{section.zh}"), Text(sentences[section.code])]
    whole = Printed(
        organisation=organisation,
        report_year=year,
        form="none",
        parts=tuple(parts),
        sections=tuple(section.code for section in form.sections),
        facts=(
            fact("applications.received", 6, "件"),
            fact("reviews.received", 0),
            fact("litigation.received", 0),
        ),
        findings=("no_known_table",),
    )
    return replace(whole, **changes)
