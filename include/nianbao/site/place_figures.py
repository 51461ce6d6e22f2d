"""The figures of a place, the whole country among them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from nianbao.site.cells import count, mean, plain, share
from nianbao.site.figure import Cell, Chart, Column, Figure, Line, Panel, Table
from nianbao.site.places import Places
from nianbao.site.series import GROUNDS, OUTCOMES, Titles
from nianbao.site.warehouse import Row
from nianbao.site.words import Words

STATUSES = ("on_time", "late", "date_unknown", "absent", "not_seen", "not_due")
SEEN = STATUSES[:3]
DUE = STATUSES[:5]
LEVELS = ("central", "province", "prefecture", "county", "town")

COLOURS = {
    "on_time": "#2b7a5b",
    "late": "#d9952b",
    "date_unknown": "#7f9fc4",
    "absent": "#b3362b",
    "not_seen": "#c3cad2",
    "not_due": "#eceff2",
}


@dataclass(frozen=True)
class PlaceFigures:
    """Makes the figures of one place in one language."""

    words: Words
    place: str
    places: Places
    form_starts: tuple[int, ...] = ()
    """Report years with which a form began, but for the first."""

    def coverage(self, rows: Sequence[Row]) -> Figure:
        """Return which reports were published, by year and status, a panel per scope."""
        w = self.words
        columns = (
            *(Column(key, w(f"status.{key}"), f"k-{key}") for key in STATUSES),
            Column("due", w("column.due")),
        )
        chart = Chart("stack", DUE, w("coverage.title"), share=True)
        panels = []
        for scope, found in _by_scope(rows):
            lines = tuple(
                Line(str(year), str(year), self._statuses(one)) for year, one in _by_year(found)
            )
            table = Table(w("column.year"), columns, lines)
            panels.append(Panel(w.name("scope", scope), table, (chart,)))
        return self._figure("coverage", "coverage_by_year", tuple(panels))

    def _statuses(self, rows: Sequence[Row]) -> tuple[Cell, ...]:
        reports = {row["status"]: row["reports"] for row in rows}
        due = sum(reports.get(status, 0) for status in DUE)
        return (*(count(reports.get(status, 0)) for status in STATUSES), count(due, css="sum"))

    def parts(self, rows: Sequence[Row]) -> Figure:
        """Return the same for each part of the place, a line each."""
        w = self.words
        years = sorted({row["report_year"] for row in rows})
        columns = tuple(Column(str(year), str(year)) for year in years)
        panels = []
        for scope, found in _by_scope(rows):
            cells: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
            for row in found:
                cells[row["part"], row["report_year"]][row["status"]] = row["reports"]
            lines = tuple(
                Line(
                    part,
                    self._part_name(part),
                    tuple(self._seen(cells.get((part, year), {})) for year in years),
                    href=self.places.page(part) if self._linked(part) else "",
                )
                for part in sorted({row["part"] for row in found})
            )
            table = Table(w("column.place"), columns, lines)
            panels.append(Panel(w.name("scope", scope), table))
        legend = tuple((key, w(f"status.{key}")) for key in DUE)
        return self._figure("parts", "coverage_by_part", tuple(panels), legend=legend)

    def received(self, rows: Sequence[Row]) -> Figure:
        """Return how many applications came to a report, where the reports say so."""

        def line(row: Row) -> tuple[Cell, ...]:
            return (
                mean(row["received"], row["received_readable"], self._none()),
                count(row["received"], self._none()),
                count(row["received_readable"]),
                count(row["reports"]),
            )

        columns = self._columns("per_report", "received", "readable", "reports")
        chart = Chart(
            "bars", ("per_report",), self.words("received.title"), breaks=self.form_starts
        )
        return self._figure(
            "received", "outcomes_by_year", self._panels(rows, columns, line, (chart,))
        )

    def outcomes(self, rows: Sequence[Row]) -> Figure:
        """Return how applications ended."""
        w = self.words

        def line(row: Row) -> tuple[Cell, ...]:
            parts = [row[key] for key in OUTCOMES]
            whole = sum(parts) if None not in parts else None
            why = w("cell.no_row") if row["old_form"] else self._none()
            if whole == 0:
                why = w("cell.zero_base")
            return (
                *(share(part, whole, why) for part in parts),
                count(whole, why, css="sum"),
                count(row["readable"]),
                count(row["reports"]),
            )

        columns = (
            *(Column(key, w(f"measure.{key}"), f"k-{key}") for key in OUTCOMES),
            Column("whole", w("column.all_outcomes")),
            *self._columns("readable", "reports"),
        )
        chart = Chart("stack", OUTCOMES, w("outcomes.title"), share=True, breaks=self.form_starts)
        return self._figure(
            "outcomes", "outcomes_by_year", self._panels(rows, columns, line, (chart,))
        )

    def refusals(self, rows: Sequence[Row], titles: Titles) -> Figure:
        """Return the grounds of refusal, a column each."""

        def line(row: Row) -> tuple[Cell, ...]:
            shown = (count(row[key], self._none()) for key in GROUNDS)
            return (*shown, count(row["readable"]), count(row["reports"]))

        columns = (
            *(Column(key, titles.short(key), "wide") for key in GROUNDS),
            *self._columns("readable", "reports"),
        )
        chart = Chart("facets", GROUNDS, self.words("refusals.title"))
        return self._figure(
            "refusals", "refusals_by_year", self._panels(rows, columns, line, (chart,))
        )

    def quality(self, rows: Sequence[Row]) -> Figure:
        """Return the shares of reports that fail checks and of all-zero reports."""
        w = self.words

        def line(row: Row) -> tuple[Cell, ...]:
            why = w("cell.none_checked")
            return (
                share(row["with_errors"], row["checked"], why),
                share(row["with_warnings"], row["checked"], why),
                share(row["all_zero"], row["zero_checked"], why),
                count(row["open"]),
                count(row["reports"] - row["checked"]),
                count(row["reports"]),
            )

        keys = ("with_errors", "with_warnings", "all_zero")
        columns = (
            *(Column(key, w(f"column.{key}"), f"k-{key}") for key in keys),
            *self._columns("open", "unchecked", "reports"),
        )
        chart = Chart("lines", keys, w("quality.title"), share=True)
        return self._figure(
            "quality", "quality_by_year", self._panels(rows, columns, line, (chart,))
        )

    def rules(self, rows: Sequence[Row]) -> Figure:
        """Return which rules the reports fail."""
        w = self.words
        lines = tuple(
            Line(
                row["rule_id"],
                row[f"title_{w.language}"],
                (
                    Cell(w.name("severity", row["severity"]), css=f"mark {row['severity']}"),
                    share(row["failed"], row["reports"], w("cell.none_checked")),
                    count(row["not_assessable"]),
                ),
            )
            for row in rows
        )
        columns = (
            Column("severity", w("column.severity"), "words"),
            *self._columns("failed", "not_assessed"),
        )
        panels = (Panel("", Table(w("column.rule"), columns, lines)),) if lines else ()
        return self._figure("rules", "failed_rules", panels)

    def _panels(
        self,
        rows: Sequence[Row],
        columns: tuple[Column, ...],
        line: Callable[[Row], tuple[Cell, ...]],
        charts: tuple[Chart, ...],
    ) -> tuple[Panel, ...]:
        """Return a panel for each scope and level, those of most reports first: never their sum."""
        groups = _grouped(rows, "scope", "level")
        order = sorted(groups, key=lambda key: (-_reports(groups[key]), key))
        return tuple(
            Panel(
                self._group_name(*key),
                Table(
                    self.words("column.year"),
                    columns,
                    tuple(
                        Line(str(row["report_year"]), str(row["report_year"]), line(row))
                        for row in sorted(groups[key], key=lambda row: row["report_year"])
                    ),
                ),
                charts,
            )
            for key in order
        )

    def _group_name(self, scope: str, level: str) -> str:
        joint = "：" if self.words.language == "zh" else ", "
        return self.words.name("scope", scope) + joint + self.words.name("level", level)

    def _columns(self, *keys: str) -> tuple[Column, ...]:
        return tuple(Column(key, self.words(f"column.{key}")) for key in keys)

    def _none(self) -> str:
        return self.words("cell.none_readable")

    def _linked(self, part: str) -> bool:
        return part != self.place and self.places.has(part)

    def _part_name(self, part: str) -> str:
        name = self.places.name(part)
        return f"{name} · {self.words('parts.direct')}" if part == self.place else name

    def _seen(self, reports: dict[str, int]) -> Cell:
        """Return how many of those due have a report, over a bar of the statuses."""
        due = sum(reports.get(status, 0) for status in DUE)
        if not due:
            return Cell("—", css="null", why=self.words("cell.none_due"))
        seen = sum(reports.get(status, 0) for status in SEEN)
        told = (f"{self.words(f'status.{s}')} {reports[s]}" for s in STATUSES if reports.get(s))
        return Cell(
            f"{plain(seen)}/{plain(due)}",
            seen / due,
            small=" · ".join(told),
            css="heat",
            bar=gradient([(COLOURS[s], reports.get(s, 0)) for s in DUE]),
        )

    def _figure(
        self,
        name: str,
        sql: str,
        panels: tuple[Panel, ...],
        legend: tuple[tuple[str, str], ...] = (),
    ) -> Figure:
        entries = self.words.entries
        return Figure(
            name,
            entries[f"{name}.title"],
            sql,
            panels,
            entries.get(f"{name}.text", ""),
            entries.get(f"{name}.caveat", ""),
            {"places": self.place},
            legend=legend,
        )


def gradient(parts: Iterable[tuple[str, int]]) -> str:
    """Return a bar of colours in proportion, as a CSS gradient."""
    there = [(colour, size) for colour, size in parts if size]
    whole, done, stops = sum(size for _, size in there), 0, []
    for colour, size in there:
        start, done = done, done + size
        stops.append(f"{colour} {100 * start / whole:.4g}% {100 * done / whole:.4g}%")
    return f"linear-gradient(90deg,{','.join(stops)})"


def _by_year(rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    years: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        years[row["report_year"]].append(row)
    return sorted(years.items())


def _by_scope(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Return the rows of each scope, that of most reports first."""
    scopes: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        scopes[row["scope"]].append(row)
    return sorted(scopes.items(), key=lambda entry: (-_reports(entry[1]), entry[0]))


def _grouped(rows: Sequence[Row], *keys: str) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def _reports(rows: Sequence[Row]) -> int:
    return sum(row["reports"] for row in rows)
