"""What the crawl hands on: leads found on lists, and one outcome for every request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Outcome = Literal[
    "fetched",
    "unchanged",
    "changed",
    "blocked",
    "gone",
    "refused_by_robots",
    "outside_allow_list",
    "over_limit",
    "failed",
]


@dataclass(frozen=True, slots=True)
class Lead:
    """A URL that may hold a report, with what the list said about it."""

    portal_id: str
    url: str
    title: str = ""
    published_on: str | None = None
    """ISO date as the list prints it."""
    agency: str | None = None
    """Organisation id of the agency, where the portal's list is per agency."""
    report_year: int | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request and its one outcome; a line of the fetch log."""

    portal_id: str
    url: str
    purpose: Literal["robots", "list", "report"]
    outcome: Outcome
    fetched_at: datetime
    """When the answer was complete, in UTC."""
    duration_ms: int
    status: int | None = None
    size: int | None = None
    """Bytes of the body as received."""
    sha256: str | None = None
    media_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    message: str = ""
    """One clear line where the outcome is not `fetched`, `unchanged` or `changed`."""
    lead_title: str = ""
    lead_published_on: str | None = None
    lead_agency: str | None = None
    lead_report_year: int | None = None
