"""What the queries gave for one agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.site.warehouse import Row

SCOPES = ("agency", "own_level", "area")
Breaks = Mapping[tuple[str, str, str], Row]
"""How a measure compares between two forms, by measure and forms; what is exact is not there."""


@dataclass(frozen=True)
class AgencyRows:
    """What the queries gave for one agency."""

    org_id: str
    head: Row
    coverage: Sequence[Row] = ()
    series: Sequence[Row] = ()
    gaps: Sequence[Row] = ()
    rates: Sequence[Row] = ()
    reports: Sequence[Row] = ()
    checks: Sequence[Row] = ()
    assessed: Sequence[Row] = ()
    unread: Sequence[Row] = ()
    findings: Sequence[Row] = ()
    successions: Sequence[Row] = ()

    def years(self) -> list[int]:
        """Return every year from the first to the last that anything is known of."""
        known = {row["report_year"] for row in (*self.coverage, *self.reports)}
        return list(range(min(known), max(known) + 1)) if known else []

    def scopes(self) -> list[str]:
        """Return the scopes of its reports."""
        there = {row["scope"] for row in self.reports}
        return [scope for scope in SCOPES if scope in there]
