"""An agency's page: every failed check over the years, with what it takes to settle it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from nianbao.privacy import file_name, web_address
from nianbao.site.addresses import agency_page
from nianbao.site.cells import plain
from nianbao.site.checks.findings import anchors, decider, finding, masked, unknown_rule
from nianbao.site.checks.pages import AgencyPage, CheckedReport, Decision, Facts, Finding, Source
from nianbao.site.places import Places
from nianbao.site.warehouse import Row, Warehouse
from nianbao.site.words import Words

ROOM = 400
"""Findings on one page; a body with more has its newest there."""
_QUERIES = (
    "agency_reports",
    "agency_findings",
    "agency_hints",
    "agency_open",
    "agency_verdicts",
)


@dataclass(frozen=True)
class AgencyRows:
    """What the queries give for one agency."""

    head: Row
    reports: Sequence[Row] = ()
    findings: Sequence[Row] = ()
    names: Sequence[str] = ()
    """The findings' anchors."""
    hints: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    open: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    verdicts: Sequence[Row] = ()
    copies: Mapping[str, str] = field(default_factory=dict)
    """Addresses of archived copies by SHA-256."""

    def with_copies(self, address: Callable[[str], str]) -> "AgencyRows":
        """Return the same with copies of the documents that fail something."""
        failing = {row["report_id"] for row in self.findings}
        wanted = {row["sha256"] for row in self.reports if row["report_id"] in failing}
        found = {sha256: address(sha256) for sha256 in sorted(filter(None, wanted))}
        return replace(self, copies={key: value for key, value in found.items() if value})


def agency_rows(warehouse: Warehouse, heads: Sequence[Row]) -> list[AgencyRows]:
    """Return what the queries give for some agencies, one query at a time for all of them."""
    org_ids = [head["org_id"] for head in heads]
    found: dict[str, dict[str, list[Row]]] = {org_id: defaultdict(list) for org_id in org_ids}
    for query in _QUERIES:
        for row in warehouse.rows(query, org_ids=org_ids):
            found[row["org_id"]][query].append(row)
    return [_together(head, found[head["org_id"]]) for head in heads]


def _together(head: Row, found: Mapping[str, list[Row]]) -> AgencyRows:
    reports, findings, hints, gaps, verdicts = (found.get(query, []) for query in _QUERIES)
    names = list(anchors(findings))
    return AgencyRows(head, reports, findings, names, _by_report(hints), _by_report(gaps), verdicts)


def _by_report(rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["report_id"]].append(row)
    return dict(grouped)


@dataclass(frozen=True)
class CheckedAgencies:
    """Makes the pages of agencies in one language."""

    words: Words
    places: Places
    rules: Mapping[str, Row]
    served: bool = False
    """True where the archive's bytes are not in the site but served beside it."""

    def page(self, rows: AgencyRows) -> AgencyPage:
        """Return an agency's page."""
        told: dict[str, list[Finding]] = defaultdict(list)
        shown = list(zip(rows.findings, rows.names, strict=True))[:ROOM]
        for row, anchor in shown:
            rule = self.rules.get(row["rule_id"]) or dict(unknown_rule(row))
            told[row["report_id"]].append(finding(row, anchor, rule, self.words))
        org_id = rows.head["org_id"]
        return AgencyPage(
            address=agency_page(org_id),
            title=rows.head["name"] or org_id,
            org_id=org_id,
            above=self._way(rows.head["division"]),
            facts=self._facts(rows.head),
            reports=[self._report(row, rows, told[row["report_id"]]) for row in rows.reports],
            decisions=[self._decision(row) for row in rows.verdicts],
            left_out=len(rows.findings) - len(shown),
            shown=len(shown),
        )

    def _way(self, division: str | None) -> list[tuple[str, str]]:
        if not division:
            return [(self.words("place.none"), "places/none.html")]
        return [
            (self.words("site.china") if code == "000000" else self.places.name(code), page)
            for code in (*self.places.way(division), division)
            for page in [self.places.page(code)]
        ]

    def _facts(self, head: Row) -> Facts:
        keys = ("errors", "warnings", "infos", "not_assessable")
        return [
            (self.words(f"facts.{key}"), plain(head[key]), "", key if head[key] else "")
            for key in keys
        ]

    def _report(self, row: Row, rows: AgencyRows, findings: Sequence[Finding]) -> CheckedReport:
        w, report_id = self.words, row["report_id"]
        about = [w.name("form", row["form"])]
        date = row["published_on"]
        about.append(w("agency.published", date=date) if date else w("agency.undated"))
        if row["versions"] > 1:
            about.append(w("agency.versions", n=row["versions"]))
        return CheckedReport(
            when=f"{row['report_year']} · {w.name('scope', row['scope'])}",
            title=masked(row["title"] or row["organisation_printed"] or "—"),
            about=about,
            source=self.source(row, rows.copies),
            counts=self._counts(row),
            open=self._open(rows.open.get(report_id, ())),
            hints=[hint[f"hint_{w.language}"] for hint in rows.hints.get(report_id, ())],
            findings=findings,
        )

    def source(self, row: Row, copies: Mapping[str, str]) -> Source:
        """Return where a report came from."""
        url, sha256 = web_address(row["source_url"]), row["sha256"] or ""
        copy = copies.get(sha256, "")
        served = self.served and not copy and bool(sha256)
        return Source(
            url=url,
            file="" if url else file_name(row["source_url"]),
            copy=f"archive/{sha256[:2]}/{sha256}" if served else copy,
            served=served,
            sha256=sha256,
        )

    def _decision(self, row: Row) -> Decision:
        w = self.words
        about = [decider(row["who"], row["automatic"], w)] if row["who"] else []
        about += [w("agency.responsible", who=row["responsible"])] if row["responsible"] else []
        about += [w("agency.due", date=row["due_on"])] if row["due_on"] else []
        return Decision(
            at=row["decided"] or "",
            state=row["state"] or "open",
            when=f"{row['report_year']} · {w.name('scope', row['scope'])}",
            message=masked(row["finding"] or row[f"title_{w.language}"] or row["rule_id"]),
            reason=masked(row["reason"]),
            about=masked(" · ".join(about)),
        )

    def _counts(self, row: Row) -> str:
        if row["passed"] is None:
            return self.words("agency.unchecked")
        failed = (row["errors"] or 0) + (row["warnings"] or 0) + (row["infos"] or 0)
        text = self.words(
            "agency.counts", passed=row["passed"], failed=failed, open=row["not_assessable"]
        )
        blanks = row["blanks_as_zero"] or 0
        return text + (self.words("agency.blanks", n=blanks) if blanks else "")

    def _open(self, rows: Sequence[Row]) -> str:
        between = "；" if self.words.language == "zh" else "; "
        parts = []
        for row in rows:
            rule = self.rules.get(row["rule_id"])
            title = rule[f"title_{self.words.language}"] if rule else row["rule_id"]
            parts.append(f"{title} {row['not_assessable']}")
        return between.join(parts)
