"""Who published: the figures of a place about its coverage."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nianbao.site.cells import count, plain
from nianbao.site.figure import Cell, Chart, Column, Figure, Line, Panel, Table
from nianbao.site.grouping import by_scope, by_year
from nianbao.site.places import Places
from nianbao.site.warehouse import Row
from nianbao.site.words import Words

STATUSES = ("on_time", "late", "date_unknown", "absent", "not_seen", "not_due", "unlisted")
SEEN = STATUSES[:3]
DUE = STATUSES[:5]

COLOURS = {
    "on_time": "#2b7a5b",
    "late": "#d9952b",
    "date_unknown": "#7f9fc4",
    "absent": "#b3362b",
    "not_seen": "#c3cad2",
    "not_due": "#eceff2",
    "unlisted": "#b9a9cc",
}


@dataclass(frozen=True)
class CoverageFigures:
    """Makes the figures about coverage of one place in one language."""

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
        for scope, found in by_scope(rows):
            lines = tuple(
                Line(str(year), str(year), self._statuses(one)) for year, one in by_year(found)
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
        for scope, found in by_scope(rows):
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
