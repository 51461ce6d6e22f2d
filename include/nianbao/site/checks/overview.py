"""The pages above the agencies: the start, the rules, the places, and the list of findings."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.privacy import masked
from nianbao.site.addresses import CHINA, agency_page
from nianbao.site.cells import plain
from nianbao.site.checks.drift import Drift
from nianbao.site.checks.findings import anchor_of, message_of, state_of
from nianbao.site.checks.gate import GateRecord
from nianbao.site.checks.pages import (
    FindingsPage,
    NotesPage,
    PlacePage,
    RulePage,
    RulesPage,
    ShownRow,
    StartPage,
)
from nianbao.site.checks.tables import NOWHERE, CheckTables, gravest_first
from nianbao.site.warehouse import Row

_EMPTY = dict.fromkeys(
    ("reports", "bodies", "with_errors", "errors", "warnings", "infos", "not_assessable"), 0
)


@dataclass(frozen=True)
class Overview:
    """What the queries give for the pages above the agencies."""

    totals: Row
    severities: Sequence[Row]
    rules: Sequence[Row]
    place_totals: Mapping[str, Row]
    not_read: Sequence[Row]
    gate: GateRecord | None
    drift: Drift | None
    lacking: Sequence[str]


@dataclass(frozen=True)
class OverviewPages:
    """Makes the pages in one language."""

    tables: CheckTables
    docs: Mapping[str, str]
    """Addresses of the Data Docs from the top of the site, by theme and form."""

    def start(self, found: Overview, bodies: Sequence[Row]) -> StartPage:
        """Return the first page; it is that of the place that the reports are about."""
        w, tables = self.tables.words, self.tables
        root = tables.places.root
        failing = [row for row in found.rules if row["failed"]]
        place = "" if root == CHINA else f"{tables.places.name(root)}："
        return StartPage(
            address="index.html",
            title=f"{place}{w('start.title')}",
            gate=found.gate,
            facts=tables.facts(found.totals),
            severities=tables.severities(found.severities),
            places=tables.parts(self._parts(root, found.place_totals)),
            bodies=tables.bodies(bodies),
            rules=tables.rules(failing),
            rule_count=len(found.rules),
            gaps=self._gaps(found.totals),
            not_read=[
                (row["code"], row["documents"], masked(row["example"] or ""))
                for row in found.not_read
            ],
            drift_text=self._drift_text(found.drift),
            drift=tables.drift(found.drift.rows if found.drift else ()),
        )

    def _gaps(self, totals: Row) -> list[str]:
        w = self.tables.words
        checks, reports = plain(totals["not_assessable"]), plain(totals["with_gaps"])
        told = [w("start.gaps_text", checks=checks, reports=reports)]
        if totals["unchecked"]:
            told.append(w("start.unchecked", n=plain(totals["unchecked"])))
        return told

    def _drift_text(self, drift: Drift | None) -> str:
        w = self.tables.words
        if drift is None:
            return w("start.drift_place")
        if drift.problem:
            return w("start.drift_failed", version=drift.before, why=drift.problem)
        if not drift.before:
            return w("start.drift_first")
        if not drift.rows:
            return w("start.drift_none", version=drift.before)
        counts = {key: plain(sum(row[key] for row in drift.rows)) for key in ("appeared", "gone")}
        return w("start.drift_text", version=drift.before, **counts)

    def _parts(self, code: str, totals: Mapping[str, Row]) -> list[Row]:
        places = [*self.tables.places.below(code), *([NOWHERE] if code == CHINA else [])]
        return [totals[place] for place in places if place in totals]

    def all_rules(self, found: Overview, themes: Mapping[str, str]) -> RulesPage:
        """Return the list of all rules."""
        there = {row["theme"] for row in found.rules}
        return RulesPage(
            address="rules.html",
            title=self.tables.words("rules.title"),
            table=self.tables.rules(found.rules),
            themes=[(key, title) for key, title in themes.items() if key in there],
        )

    def rule(
        self, rule: Row, years: Sequence[Row], places: Sequence[Row], rows: Sequence[Row]
    ) -> RulePage:
        """Return the page of one rule."""
        w, theme = self.tables.words, rule["theme"]
        docs = [(form, self.docs.get(f"{theme}_{form}", "")) for form in rule["forms"] or ()]
        return RulePage(
            address=f"rules/{rule['rule_id']}.html",
            title=rule[f"title_{w.language}"] or rule["rule_id"],
            rule=rule,
            theme=self.tables.themes.get(theme, theme or ""),
            years=self.tables.years(years),
            places=self.tables.rule_places(rule["rule_id"], self._by_part(places)),
            rows=[self._row(row) for row in rows],
            docs=[(w.name("form", form), address) for form, address in docs if address],
        )

    def _by_part(self, rows: Sequence[Row]) -> list[Row]:
        """Add the rows of places up to the parts of the place that the reports are about."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for row in rows:
            found[self.tables.places.part(row["division"]) or NOWHERE].update(
                {key: row[key] for key in ("failed", "not_assessable", "reports")}
            )
        parts = [{"place": place, **counts} for place, counts in found.items()]
        return sorted(
            (row for row in parts if row["failed"]), key=lambda row: (-row["failed"], row["place"])
        )

    def _row(self, row: Row) -> ShownRow:
        w = self.tables.words
        return ShownRow(
            href=f"{agency_page(row['org_id'])}#{anchor_of(row)}",
            agency=row["name"] or row["org_id"],
            when=f"{row['report_year']} · {w.name('scope', row['scope'])}",
            message=message_of(row, w),
            state=state_of(row),
        )

    def place(
        self, code: str, found: Overview, rules: Sequence[Row], bodies: Sequence[Row]
    ) -> PlacePage:
        """Return the page of a place, or that of the bodies whose place is unknown."""
        tables = self.tables
        described = {row["rule_id"]: row for row in found.rules}
        failing = gravest_first([{**described[row["rule_id"]], **row} for row in rules])
        above = [] if code == NOWHERE else tables.places.way(code)
        return PlacePage(
            address=tables.place_page(code),
            title=tables.place_name(code),
            code="" if code == NOWHERE else code,
            above=[(tables.place_name(one), tables.place_page(one)) for one in above],
            facts=tables.facts(found.place_totals.get(code, _EMPTY)),
            rules=tables.rules([row for row in failing if row["failed"]], code, explored=True),
            parts=tables.parts([] if code == NOWHERE else self._parts(code, found.place_totals)),
            bodies=tables.bodies(bodies),
        )

    def findings(self, provinces: Sequence[str], years: Sequence[int]) -> FindingsPage:
        """Return the list of findings, whose rows are in `Chunks`."""
        names = [(code, self.tables.place_name(code)) for code in provinces]
        return FindingsPage(
            address="findings.html",
            title=self.tables.words("findings.title"),
            provinces=names,
            years=years,
        )

    def notes(self, lacking: Sequence[str]) -> NotesPage:
        """Return how to read the reports."""
        title = self.tables.words("notes.title")
        return NotesPage(address="notes.html", title=title, lacking=lacking)
