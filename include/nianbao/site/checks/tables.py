"""Counts as tables, in one language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from nianbao.site.addresses import CHINA, agency_page
from nianbao.site.cells import count, plain, text
from nianbao.site.checks.findings import SEVERITIES
from nianbao.site.checks.pages import Facts
from nianbao.site.figure import Cell, Column, Line, Table
from nianbao.site.places import Places
from nianbao.site.warehouse import Row
from nianbao.site.words import Words

NOWHERE = "none"
"""Stands for an unknown place."""
_STATES = ("open", "returned", "corrected", "confirmed", "false_alarm")
_BLAMES = ("publisher", "reading", "unclear")
_TALLY = ("failed", "not_assessable", "reports")
_PLACE = ("all_reports", "with_errors", "with_warnings", "errors", "warnings", "infos")


def findings_address(**filters: str) -> str:
    """Return the address of the list of findings with filters set."""
    return f"findings.html?{urlencode(filters)}"


@dataclass(frozen=True)
class CheckTables:
    """Makes the tables of the pages."""

    words: Words
    places: Places
    themes: Mapping[str, str]

    def facts(self, row: Row) -> Facts:
        """Return the numbers that stand on top of a page."""
        w = self.words
        told = {
            "errors": w("facts.in_reports", n=plain(row["with_errors"])),
        }
        return [
            (w(f"facts.{key}"), plain(row[key]), told.get(key, ""), key if row[key] else "")
            for key in ("reports", "bodies", "errors", "warnings", "infos", "not_assessable")
        ]

    def severities(self, rows: Sequence[Row]) -> Table:
        """Return the failed checks by severity, with faults and states."""
        w = self.words
        keys = ("failed", "reports", "bodies")
        columns = (
            *self._columns(keys),
            *(Column(key, w(f"blame.{key}"), _edge(key)) for key in _BLAMES),
            *(Column(key, w(f"state.{key}"), _edge(key)) for key in _STATES),
        )
        lines = tuple(
            Line(
                "",
                w(f"severity.{row['severity']}"),
                tuple(count(row[key], css=_edge(key)) for key in (*keys, *_BLAMES, *_STATES)),
                href=findings_address(severity=row["severity"]),
            )
            for row in rows
        )
        groups = (
            ("", len(keys), ""),
            (w("column.blame"), len(_BLAMES), "edge"),
            (w("column.state"), len(_STATES), "edge"),
        )
        return Table(w("column.severity"), columns, lines, groups)

    def rules(self, rows: Sequence[Row], place: str = "", *, explored: bool = False) -> Table:
        """Return the rules of some rows; `explored` leads to their findings instead of their pages."""
        columns = (
            Column("severity", self.words("column.severity"), "words"),
            *self._columns(_TALLY),
        )
        return Table(
            self.words("column.rule"),
            columns,
            tuple(self._rule(row, place, explored) for row in rows),
        )

    def _rule(self, row: Row, place: str, explored: bool) -> Line:
        rule_id = row["rule_id"]
        filters = {"rule": rule_id} | ({"place": place} if place not in ("", CHINA) else {})
        cells = (self._severity(row), *(count(row[key]) for key in _TALLY))
        return Line(
            "",
            row[f"title_{self.words.language}"],
            cells,
            href=findings_address(**filters) if explored else f"rules/{rule_id}.html",
            css=f"{row['severity']} t-{row['theme']}{'' if row['failed'] else ' none-fails'}",
        )

    def _severity(self, row: Row) -> Cell:
        return text(self.words(f"severity.{row['severity']}"), f"mark {row['severity']}")

    def years(self, rows: Sequence[Row]) -> Table:
        """Return what a rule found by year and form."""
        keys = ("passed", *_TALLY)
        columns = (Column("form", self.words("column.form"), "words"), *self._columns(keys))
        lines = tuple(
            Line(
                "",
                str(row["report_year"]),
                (text(self.words.name("form", row["form"])), *(count(row[key]) for key in keys)),
            )
            for row in rows
        )
        return Table(self.words("column.year"), columns, lines)

    def rule_places(self, rule_id: str, rows: Sequence[Row]) -> Table:
        """Return where a rule fails, each place with the way to its findings."""
        lines = tuple(
            Line(
                "",
                self.place_name(row["place"] or NOWHERE),
                tuple(count(row[key]) for key in _TALLY),
                href=findings_address(rule=rule_id, place=row["place"] or NOWHERE),
            )
            for row in rows
        )
        return Table(self.words("column.place"), self._columns(_TALLY), lines)

    def parts(self, rows: Sequence[Row]) -> Table:
        """Return places with what lies in them."""
        keys = (*_PLACE, "not_assessable")
        lines = tuple(
            Line(
                "",
                self.place_name(row["place"]),
                tuple(count(row["reports" if key == "all_reports" else key]) for key in keys),
                href=self.place_page(row["place"]),
            )
            for row in rows
        )
        return Table(self.words("column.place"), self._columns(keys), lines)

    def bodies(self, rows: Sequence[Row]) -> Table:
        """Return agencies, each with the way to its page."""
        keys = ("years_seen", "last_year", "errors", "warnings", "infos", "not_assessable")
        lines = tuple(
            Line(
                "",
                row["name"] or row["org_id"],
                (
                    count(row["years"]),
                    Cell(str(row["last_year"] or "—")),
                    *(count(row[key]) for key in keys[2:]),
                ),
                href=agency_page(row["org_id"]),
            )
            for row in rows
        )
        return Table(self.words("column.agency"), self._columns(keys), lines)

    def drift(self, rows: Sequence[Row]) -> Table:
        """Return what changed against the version before."""
        w, keys = self.words, ("was", "is_now", "appeared", "gone")
        columns = (
            Column("severity", w("column.severity"), "words"),
            *self._columns(keys),
            Column("rule_change", w("column.rule_change"), "words"),
        )
        lines = tuple(
            Line(
                "",
                row[f"title_{w.language}"] or row["rule_id"],
                (
                    self._severity(row),
                    *(count(row[key]) for key in keys),
                    text(w(f"rule_change.{row['rule_change']}") if row["rule_change"] else ""),
                ),
                href="" if row["rule_change"] == "dropped" else f"rules/{row['rule_id']}.html",
            )
            for row in rows
        )
        return Table(w("column.rule"), columns, lines)

    def place_name(self, code: str) -> str:
        """Return the name of a place, an unknown one among them."""
        if code == CHINA:
            return self.words("site.china")
        return self.words("place.none") if code == NOWHERE else self.places.name(code)

    def place_page(self, code: str) -> str:
        """Return the address of a place's page."""
        return f"places/{NOWHERE}.html" if code == NOWHERE else self.places.page(code)

    def _columns(self, keys: Sequence[str]) -> tuple[Column, ...]:
        return tuple(Column(key, self.words(f"column.{key}")) for key in keys)


def _edge(key: str) -> str:
    """Return the class of a column that begins a group."""
    return "edge" if key in (_BLAMES[0], _STATES[0]) else ""


def gravest_first(rows: Sequence[Row]) -> list[Row]:
    """Return rules in the order in which reviewers read them."""
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    return sorted(rows, key=lambda row: (order[row["severity"]], -row["failed"], row["rule_id"]))
