"""The figures of one agency: its series over the years and forms, every gap explained."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise

from nianbao.privacy import masked
from nianbao.site.agency_rows import SCOPES, AgencyRows, Breaks
from nianbao.site.cells import count, plain, share
from nianbao.site.figure import Cell, Chart, Column, Figure, Line, Panel, Table
from nianbao.site.series import APPLICATIONS, GROUNDS, OUTCOMES, RATES, REVIEWS, Titles
from nianbao.site.warehouse import Row
from nianbao.site.words import Words

MARKS = {"none": "≠", "approximate": "≈"}


@dataclass(frozen=True)
class AgencyFigures:
    """Makes the figures of one agency in one language."""

    words: Words
    titles: Titles
    breaks: Breaks
    forms: Sequence[str]
    """The official forms by their first report year, oldest first."""
    rows: AgencyRows
    _forms: dict[tuple[str, int], str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note which form each year's report is on."""
        self._forms.update(
            {(row["scope"], row["report_year"]): row["form"] for row in self.rows.reports}
        )

    def coverage(self) -> Figure:
        """Return the status of every year, a line per scope."""
        w = self.words
        found: dict[str | None, dict[int, Row]] = defaultdict(dict)
        for row in self.rows.coverage:
            found[row["scope"]][row["report_year"]] = row
        years = sorted({row["report_year"] for row in self.rows.coverage})
        if None in found and len(found) == 2:
            # One scope is all that it ever reported: the years without a report are that scope's.
            for year, row in found.pop(None).items():
                next(iter(found.values())).setdefault(year, row)
        lines = tuple(
            Line(
                scope or "",
                w.name("scope", scope) if scope else w("agency.no_scope"),
                tuple(self._status(found[scope].get(year)) for year in years),
            )
            for scope in (*SCOPES, None)
            if scope in found
        )
        columns = tuple(Column(str(year), str(year)) for year in years)
        panels = (Panel("", Table(w("column.scope"), columns, lines)),) if lines else ()
        return self._figure("coverage", "agency_coverage", panels)

    def series(self) -> Figure:
        """Return the applications, a panel per scope."""
        chart = Chart("stack", OUTCOMES, self.words("outcomes.title"), "columns")
        return self._measures("series", APPLICATIONS, chart)

    def refusals(self) -> Figure:
        """Return the grounds of refusal."""
        chart = Chart("facets", GROUNDS, self.words("agency.refusals"), "columns")
        return self._measures("refusals", GROUNDS, chart, short=True)

    def reviews(self) -> Figure:
        """Return reviews and litigation."""
        return self._measures("reviews", REVIEWS, None)

    def rates(self) -> Figure:
        """Return the rates, each with its numerator and denominator."""
        there = {(r["scope"], r["rate"], r["report_year"]): r for r in self.rows.rates}
        panels, years = [], self.rows.years()
        for scope in self.rows.scopes():
            lines = tuple(
                Line(
                    rate,
                    self.titles.full(rate),
                    tuple(self._rate(there.get((scope, rate, y)), scope, y) for y in years),
                )
                for rate in RATES
            )
            chart = Chart(
                "lines", RATES[:1], self.titles.full(RATES[0]), "columns", True, self._starts(scope)
            )
            table = self._table(scope, lines, self.words("column.rate"))
            panels.append(Panel(self._scope(scope), table, (chart,)))
        return self._figure("rates", "agency_rates", tuple(panels))

    def _measures(
        self, name: str, measures: Sequence[str], chart: Chart | None, *, short: bool = False
    ) -> Figure:
        values = {(r["scope"], r["measure"], r["report_year"]): r for r in self.rows.series}
        gaps: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
        for row in self.rows.gaps:
            gaps[row["scope"], row["measure"], row["report_year"]].append(row)
        panels = []
        for scope in self.rows.scopes():
            lines = tuple(
                Line(
                    measure,
                    self.titles.short(measure) if short else self.titles.full(measure),
                    tuple(
                        self._value(values.get((scope, measure, y)), gaps, scope, measure, y)
                        for y in self.rows.years()
                    ),
                )
                for measure in measures
            )
            there = any(cell.value is not None for line in lines for cell in line.cells)
            table = self._table(scope, lines, self.words("column.measure"))
            drawn = (replace(chart, breaks=self._starts(scope)),) if chart and there else ()
            panels.append(Panel(self._scope(scope), table, drawn))
        return self._figure(name, "agency_series", tuple(panels), ("agency_gaps",))

    def _value(
        self,
        row: Row | None,
        gaps: Mapping[tuple[str, str, int], list[Row]],
        scope: str,
        measure: str,
        year: int,
    ) -> Cell:
        css = self._edge(scope, year)
        if (scope, year) not in self._forms:
            return count(None, self._absence(scope, year), css)
        if row is None:
            return count(None, self.words("cell.no_row"), css)
        mark = self._mark(scope, measure, year)
        if row["value"] is not None:
            return count(row["value"], css=css, mark=mark)
        return count(None, self._gap(row, gaps.get((scope, measure, year), ())), css, mark)

    def _gap(self, row: Row, gaps: Sequence[Row]) -> str:
        """Return why a figure is not there, in words."""
        if not gaps:
            return self.words("cell.unread")
        told = []
        for gap in gaps:
            words = self.words(f"cell.{gap['kind']}")
            if gap["example"]:
                words += self.words("cell.quoted", text=masked(gap["example"]))
            if (row["cells"] or 1) > 1:
                words += f" ×{gap['cells']}"
            told.append(words)
        joined = ("、" if self.words.language == "zh" else ", ").join(told)
        if (row["cells"] or 1) > 1:
            return self.words("cell.partial", n=plain(row["cells"]), what=joined)
        return joined

    def _rate(self, row: Row | None, scope: str, year: int) -> Cell:
        css = self._edge(scope, year)
        if row is None:
            return count(None, self._absence(scope, year), css)
        part, whole = row["numerator"], row["denominator"]
        if part is not None and whole is not None and whole <= 0:
            both, why = f"{plain(part)}/{plain(whole)}", self.words("cell.zero_base")
            return Cell("—", None, both, why, f"null {css}".strip())
        why = self.words("cell.not_printed")
        return share(part, whole, why, css, self._mark(scope, row["rate"], year))

    def _status(self, row: Row | None) -> Cell:
        if row is None:
            return Cell("", css="empty")
        name = self.words(f"status.{row['status']}")
        if row["status"] == "late" and row["published_on"] and row["deadline"]:
            days = (row["published_on"] - row["deadline"]).days
            return Cell(name, small=self.words("agency.days", n=plain(days)), css="status late")
        told = row["published_on"] or (row["reason"] and self.words.name("why", row["reason"]))
        return Cell(name, small=str(told or ""), css=f"status {row['status']}")

    def _absence(self, scope: str, year: int) -> str:
        """Return why there is no report: the status of the year, which alone may call it missing."""
        known = {
            row["status"]
            for row in self.rows.coverage
            if row["report_year"] == year and row["scope"] in (scope, None)
        }
        status = next(iter(known)) if len(known) == 1 else None
        if status in ("absent", "not_due"):
            return self.words("cell.no_report_because", status=self.words(f"status.{status}"))
        return self.words("cell.no_report")

    def _table(self, scope: str, lines: tuple[Line, ...], corner: str) -> Table:
        all_years = self.rows.years()
        columns = tuple(Column(str(y), str(y), self._edge(scope, y)) for y in all_years)
        groups: list[tuple[str, int, str]] = []
        for form, years in groupby(all_years, lambda year: self._form(scope, year)):
            first, *rest = years
            groups.append((self.words.name("form", form), 1 + len(rest), self._edge(scope, first)))
        return Table(corner, columns, lines, tuple(groups))

    def _form(self, scope: str, year: int) -> str:
        """Return the form of a year's report, or the one that was in force where there is none."""
        return self._forms.get((scope, year)) or self._in_force[year]

    @cached_property
    def _in_force(self) -> dict[int, str]:
        """The form that was in force, by year."""
        oldest = self.forms[0]
        return {
            year: max((form for form in self.forms if int(form) <= year), default=oldest)
            for year in self.rows.years()
        }

    def _starts(self, scope: str) -> tuple[int, ...]:
        return self._all_starts[scope]

    @cached_property
    def _all_starts(self) -> dict[str, tuple[int, ...]]:
        """The years with which another form begins, by scope."""
        pairs = list(pairwise(self.rows.years()))
        return {
            scope: tuple(b for a, b in pairs if self._form(scope, a) != self._form(scope, b))
            for scope in SCOPES
        }

    def _edge(self, scope: str, year: int) -> str:
        return "edge" if year in self._all_starts[scope] else ""

    def _mark(self, scope: str, measure: str, year: int) -> str:
        """Return ≠ or ≈ where the number does not compare with the form before it."""
        if year not in self._all_starts[scope]:
            return ""
        forms = self._form(scope, year - 1), self._form(scope, year)
        found = self.breaks.get((measure, *forms))
        return MARKS[found["comparability"]] if found else ""

    def _scope(self, scope: str) -> str:
        return self.words.name("scope", scope)

    def _figure(
        self, name: str, sql: str, panels: tuple[Panel, ...], more: tuple[str, ...] = ()
    ) -> Figure:
        entries = self.words.entries
        return Figure(
            name,
            entries[f"agency.{name}"],
            sql,
            panels,
            entries.get(f"agency.{name}_text", ""),
            variables={"org_ids": self.rows.org_id},
            more=more,
        )
