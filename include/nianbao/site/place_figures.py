"""The figures of a place, the whole country among them."""

from collections.abc import Callable, Sequence

from nianbao.site.cells import count, mean, share
from nianbao.site.coverage_figures import CoverageFigures
from nianbao.site.figure import Cell, Chart, Column, Figure, Line, Panel, Table
from nianbao.site.grouping import grouped, reports
from nianbao.site.series import GROUNDS, OUTCOMES, Titles
from nianbao.site.warehouse import Row


class PlaceFigures(CoverageFigures):
    """Makes all the figures of one place in one language."""

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
        groups = grouped(rows, "scope", "level")
        order = sorted(groups, key=lambda key: (-reports(groups[key]), key))
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
