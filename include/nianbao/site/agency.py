"""An agency's page from what the queries gave for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.privacy import file_name, masked, web_address
from nianbao.site.addresses import agency_page
from nianbao.site.agency_figures import AgencyFigures
from nianbao.site.agency_rows import AgencyRows, Breaks
from nianbao.site.cells import count, text
from nianbao.site.figure import Column, Figure, Line, Panel, Table
from nianbao.site.pages import AgencyPage, OpenCheck, ReportEntry
from nianbao.site.places import Places
from nianbao.site.series import SHOWN, Titles
from nianbao.site.warehouse import Row, Warehouse
from nianbao.site.words import Words

QUERIES = {
    "coverage": "agency_coverage",
    "series": "agency_series",
    "gaps": "agency_gaps",
    "rates": "agency_rates",
    "reports": "agency_reports",
    "checks": "agency_checks",
    "assessed": "agency_assessed",
    "unread": "agency_unread",
    "findings": "agency_findings",
}


def agency_rows(warehouse: Warehouse, org_ids: Sequence[str]) -> list[AgencyRows]:
    """Return what the queries give for some agencies, one query at a time for all of them."""
    heads = {row["org_id"]: row for row in warehouse.rows("agency_head", org_ids=org_ids)}
    found: dict[str, dict[str, list[Row]]] = {org_id: defaultdict(list) for org_id in org_ids}
    for name, query in QUERIES.items():
        for row in warehouse.rows(query, org_ids=org_ids, measures=SHOWN):
            found[row["org_id"]][name].append(row)
    for row in warehouse.rows("agency_successions", org_ids=org_ids):
        for org_id in {row["before_id"], row["after_id"]} & set(found):
            found[org_id]["successions"].append(row)
    return [AgencyRows(org_id, heads[org_id], **found[org_id]) for org_id in org_ids]


@dataclass(frozen=True)
class AgencyPages:
    """Makes the pages of agencies in one language.

    Mobile and identity numbers, applicants' names and addresses in what reports print are masked.
    """

    words: Words
    titles: Titles
    breaks: Breaks
    forms: Sequence[str]
    places: Places
    themes: Mapping[str, str]
    """Titles of the themes."""
    divisions: Mapping[str, str | None]
    """Where each agency with a page lies; who is not in it has no page here."""
    archive: str
    """Address below which the archive's bytes are served; empty where they are not."""

    def page(self, rows: AgencyRows) -> AgencyPage:
        """Return an agency's page."""
        figures = AgencyFigures(self.words, self.titles, self.breaks, self.forms, rows)
        made = [figures.series(), figures.rates(), figures.refusals(), figures.reviews()]
        return AgencyPage(
            address=agency_page(rows.org_id),
            title=rows.head["name"],
            org_id=rows.org_id,
            above=self._way(rows.org_id),
            about=self._about(rows),
            coverage=figures.coverage(),
            figures=made if rows.reports else (),
            checks=[self._check(row) for row in rows.checks],
            open_checks=sum(row["not_assessable"] or 0 for row in rows.assessed),
            unread=self._unread(rows),
            findings=[
                (self._when(row), row["code"], masked(row["message"] or ""), row["location"] or "")
                for row in rows.findings
            ],
            reports=[self._report(row) for row in rows.reports],
        )

    def _way(self, org_id: str) -> list[tuple[str, str]]:
        division = self.divisions.get(org_id)
        if not division:
            return [(self.words("place.none"), "places/none.html")]
        held = [*self.places.way(division), division]
        return [(self.place_name(code), self.places.page(code)) for code in held]

    def place_name(self, code: str) -> str:
        """Return a place's name, the whole country among them."""
        return self.words("site.china") if code == "000000" else self.places.name(code)

    def _about(self, rows: AgencyRows) -> list[tuple[str, str, str]]:
        w, head = self.words, rows.head
        kind = w.name("kind", head["kind"])
        if head["level"]:
            kind += f" · {w.name('level', head['level'])}"
        about = [(w("column.kind"), kind, "")]
        if head["theme"] in self.themes:
            about.append((w("column.theme"), self.themes[head["theme"]], ""))
        about += [(w("agency.credit_code"), head["credit_code"], "")] if head["credit_code"] else []
        about.append((w("agency.org_id"), rows.org_id, ""))
        if head["parent"]:
            about.append((w("agency.parent"), head["parent"], self._link(head["parent_org_id"])))
        if head["other_names"]:
            about.append((w("agency.other_names"), "、".join(head["other_names"]), ""))
        if not head["registered"]:
            about.append((w("column.note_short"), w("agency.unregistered"), ""))
        return about + [self._succession(row, rows.org_id) for row in rows.successions]

    def _succession(self, row: Row, org_id: str) -> tuple[str, str, str]:
        ends = row["before_id"] == org_id
        side = "after" if ends else "before"
        label = self.words("agency.became" if ends else "agency.was", year=row["report_year"])
        reason = f" ({row['reason']})" if row["reason"] else ""
        name = row[side] or row[f"{side}_id"]
        return label, f"{name}{reason}", self._link(row[f"{side}_id"])

    def _link(self, org_id: str) -> str:
        return agency_page(org_id) if org_id in self.divisions else ""

    def _when(self, row: Row) -> str:
        return f"{row['report_year']} · {self.words.name('scope', row['scope'])}"

    def _check(self, row: Row) -> OpenCheck:
        language = self.words.language
        blame = row["blame"] and self.words.name("blame", row["blame"])
        why = row[f"blame_{language}"]
        return OpenCheck(
            severity=row["severity"],
            state=self._state(row),
            when=self._when(row),
            message=masked(row[f"message_{language}"] or self._told(row)),
            title=row[f"title_{language}"],
            blame=f"{blame}: {why}" if blame and why else blame or "",
            basis=row[f"basis_{language}"] or "",
            advice=row[f"advice_{language}"] or "",
            quote=masked(row["quote"] or ""),
        )

    def _state(self, row: Row) -> str:
        decided = row["state"] not in (None, "open")
        return self.words.name("state", row["state"]) if decided else ""

    def _told(self, row: Row) -> str:
        """Return a finding in words where the check itself gives none."""
        w = self.words
        message = w(
            "agency.told", subject=row[f"subject_{w.language}"], observed=row["observed"] or "—"
        )
        if row["expected"] and row["expected"] != "—":
            message += w("agency.told_expected", expected=row["expected"])
        return message + (w("agency.told_note", note=row["note"]) if row["note"] else "")

    def _unread(self, rows: AgencyRows) -> Figure:
        w = self.words
        keys = ("scope", "table", "kind_of_cell", "cells", "example")
        columns = tuple(
            Column(key, w(f"column.{key}"), "" if key == "cells" else "words") for key in keys
        )
        lines = tuple(
            Line(
                "",
                str(row["report_year"]),
                (
                    text(w.name("scope", row["scope"])),
                    text(w.name("table", row["table_code"])),
                    text(w(f"cell.{row['kind']}")),
                    count(row["cells"]),
                    text(masked("  ".join(row["examples"] or ()))),
                ),
            )
            for row in rows.unread
        )
        panels = (Panel("", Table(w("column.year"), columns, lines)),) if lines else ()
        variables = {"org_ids": rows.org_id}
        return Figure("unread", w("agency.unread"), "agency_unread", panels, variables=variables)

    def _report(self, row: Row) -> ReportEntry:
        address = web_address(row["source_url"])
        archived = f"bytes/{row['sha256'][:2]}/{row['sha256']}"
        return ReportEntry(
            when=self._when(row),
            title=masked(row["title"] or row["organisation_printed"] or "—"),
            form=self.words.name("form", row["form"]),
            published=row["published_on"] or self.words("status.date_unknown"),
            versions=row["versions"],
            source=address,
            file="" if address else file_name(row["source_url"]),
            copy=f"{self.archive.rstrip('/')}/{archived}" if self.archive else "",
            archived=archived,
        )
