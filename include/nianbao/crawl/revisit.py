"""Which reports are asked for again, and when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from nianbao.model import Fetch, Lead


@dataclass(frozen=True, slots=True)
class Revisit:
    """How often a report that we have is asked for again.

    Corrections come in the weeks after publication; an old report hardly ever changes, and to ask
    for ten years of them every day would be a burden for nothing.
    """

    young_days: int
    """A report published less than so many days ago is asked for in every harvest."""
    every_days: int
    """An older one when it was last asked for so many days ago; 0 is in every harvest too."""

    def is_due(self, lead: Lead, known: Fetch, now: datetime) -> bool:
        """Tell whether to ask again; a lead that the list prints otherwise than before is due."""
        printed = (lead.title, lead.published_on)
        if printed != (known.lead_title, known.lead_published_on):
            return True
        published = _published(lead)
        if published is None or now - published < timedelta(days=self.young_days):
            return True
        return now - known.fetched_at >= timedelta(days=self.every_days)


def _published(lead: Lead) -> datetime | None:
    """Return when a report was published: by the list, else by the usual end of January."""
    try:
        day = date.fromisoformat(lead.published_on or "")
    except ValueError:
        if lead.report_year is None:
            return None
        day = date(lead.report_year + 1, 1, 31)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
