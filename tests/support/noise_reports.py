"""Random reports of every form, as their publishers would print them, each with what it says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from nianbao.forms import Form, Row, load_form
from nianbao.model import Scope
from nianbao.sample.content import Heading, Part, Text, Title, title_lines
from nianbao.sample.layout import Grid, Square, tables_of
from nianbao.sample.report import SampleReport, Style
from support.noise_labels import draw_labels
from support.noise_values import Printed, draw_printed

FORMS = ("2014", "2019", "2021")
YEARS = {"2014": range(2014, 2019), "2019": range(2019, 2021), "2021": range(2021, 2027)}
NAMES: Mapping[Scope, tuple[str, ...]] = {
    "agency": ("样例市财政局", "石翎区卫生健康委员会", "柳坪县青石镇", "样例市人民政府办公室"),
    "area": ("样例市", "石翎区人民政府", "柳坪县"),
    "own_level": ("样例市本级", "石翎区人民政府本级"),
}
_ORDINALS = "一二三四五六七"
_TEXTS = (
    "（一）主动公开。全年按目录逐项核对应当公开的事项，缺项当月补齐，过期内容随时更换。",
    "（二）依申请公开。经办人员参加了2次培训，答复前由专人复核一遍。",
)


@dataclass(frozen=True)
class Drawn:
    """A report with the meaning of each printed cell."""

    report: SampleReport
    printed: Mapping[str, Printed]

    @property
    def form(self) -> str:
        """Name of its form."""
        return self.report.form

    def altered(self, changes: Mapping[str, Printed | None]) -> "Drawn":
        """Return the same report with other meanings; `None` for a cell that can't be read any more."""
        lost = Printed("", "missing")
        new = {code: printed or lost for code, printed in changes.items()}
        return replace(self, printed={**self.printed, **new})


def draw_report(rng: Random, form: str | None = None, taken: str = "") -> Drawn:
    """Return a report of any organisation but `taken`."""
    chosen = load_form(form or rng.choice(FORMS))
    scope: Scope = rng.choice(["agency", "agency", "area", "own_level"])
    year = rng.choice(YEARS[chosen.name])
    printed = _draw_cells(rng, chosen)
    labels = draw_labels(rng, chosen) if rng.random() < 0.4 else {}
    style = _draw_style(rng)
    if any("\n" in label for label in labels.values()):
        style = style.model_copy(update={"wrapped_labels": 0})
    report = SampleReport(
        organisation=rng.choice([name for name in NAMES[scope] if name != taken]),
        org_id="example",
        report_year=year,
        form=chosen.name,
        scope=scope,
        cells={code: cell.raw for code, cell in printed.items()},
        published_on=date(year + 1, 1, rng.randint(1, 28)),
        style=style,
        labels=labels,
    )
    return Drawn(report, printed)


def without_blanks(drawn: Drawn) -> Drawn:
    """Return the report with a dash in each blank cell."""
    dash = Printed("/", "dash")
    printed = {code: dash if p.kind == "blank" else p for code, p in drawn.printed.items()}
    cells = {code: p.raw for code, p in printed.items()}
    return Drawn(replace(drawn.report, cells=cells), printed)


def _draw_cells(rng: Random, form: Form) -> dict[str, Printed]:
    """Return the cells of the rows that the report prints: mostly all."""
    oddness = rng.choice([0, 0.02, 0.1, 0.5])
    leave_out = rng.choice([0, 0, 0, 0.05])
    absent = {
        f"{table.code}.{row.code}"
        for table in form.tables
        for row in table.rows
        if table.spec.layout != "strip" and rng.random() < leave_out
    }
    return {
        code: draw_printed(rng, cell.value_type, oddness)
        for code, cell in form.cells.items()
        if not cell.optional and f"{cell.table}.{cell.row.code}" not in absent
    }


def _draw_style(rng: Random) -> Style:
    return Style(
        split_tables=rng.random() < 0.3,
        two_line_title=rng.random() < 0.3,
        year_last=rng.random() < 0.2,
        wrapped_labels=rng.choice([0, 0, 0, 2]),
        arabic_ordinals=rng.random() < 0.2,
    )


def printed_parts(drawn: Drawn) -> Iterator[Part]:
    """Yield the parts of a report of any form, in reading order; the table of 2014 stands last."""
    form, arabic = load_form(drawn.form), drawn.report.style.arabic_ordinals
    yield Title(title_lines(drawn.report))
    for section in form.sections:
        number = section.number
        ordinal = number if arabic and number in (3, 4) else _ORDINALS[number - 1]
        yield Heading(f"{ordinal}、{section.zh}")
        yield from (Text(text) for text in _TEXTS if section.code in ("overview", "problems"))
        if drawn.form != "2014":
            yield from tables_of(drawn.report, section.code)
    if drawn.form == "2014":
        yield Heading(form.tables[0].spec.zh)
        yield tuple(_list_grid(drawn, form))


def _list_grid(drawn: Drawn, form: Form) -> Iterator[Square]:
    """Yield the table of 2014: an indicator a row, with its unit and its number; groups without."""
    table, labels = form.tables[0], drawn.report.labels
    lines = [(*table.spec.header[:2], labels.get("统计数", "统计数"), None)]
    seen: set[tuple[str, ...]] = set()
    for row in table.rows:
        for depth in range(1, len(row.path)):
            if row.path[:depth] not in seen and not _is_row(table.rows, row.path[:depth]):
                lines.append((row.path[depth - 1], "", "", None))
            seen.add(row.path[:depth])
        code = f"{table.code}.{row.code}"
        if code in drawn.report.cells:
            shown = labels.get(row.zh, row.zh)
            lines.append((shown, row.unit or "", drawn.report.cells[code], code))
    for index, (label, unit, text, code) in enumerate(lines):
        yield Square(label, index, 0)
        yield Square(unit, index, 1)
        yield Square(text, index, 2, code=code)


def _is_row(rows: tuple[Row, ...], path: tuple[str, ...]) -> bool:
    return any(row.path == path for row in rows)


__all__ = ["Drawn", "Grid", "Heading", "Part", "Text", "Title", "draw_report", "printed_parts"]
