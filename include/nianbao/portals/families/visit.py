"""Where a harvest stands on one list, and when it has seen the whole of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nianbao.errors import ReadError
from nianbao.portals.families.base import Years
from nianbao.portals.families.rows import Row

_DAYS_THAT_SHOW_AN_ORDER = 2


@dataclass(frozen=True, slots=True)
class Visit:
    """The state that goes with a request; a new list begins with page 1 and nothing seen."""

    years: Years = None
    depth: int = 0
    """Lists between the start URL and this one."""
    about: str = ""
    """Title of the link that led here."""
    page: int = 1
    given: int = 0
    """Rows that came, on pages that had something new."""
    seen: frozenset[str] = frozenset()
    """URLs of the rows that came."""
    cursor: object = None
    """What a family has to send again to get the next page."""

    def below(self, title: str) -> "Visit":
        """Return the state for a list that a link of this one leads to."""
        return Visit(self.years, self.depth + 1, title)


@dataclass(frozen=True, slots=True)
class Batch:
    """One page of a list, with what it says of the whole."""

    rows: Sequence[Row]
    total: int | None = None
    """Rows of the whole list."""
    pages: int | None = None
    """Pages of the whole list."""

    def is_short(self, visit: Visit) -> bool:
        """Tell whether the whole list has more than what has come, by all that it tells."""
        if self.total is not None and self.total <= visit.given:
            return False
        if self.pages is not None and self.pages < visit.page:
            return False
        return bool(self.total or self.pages)

    def ends(self, page: int, given: int) -> bool:
        """Tell whether a page is the last one. Pages are surer than rows, which may have two links."""
        if self.pages is not None:
            return page >= self.pages
        return self.total is not None and given >= self.total


def advance(visit: Visit, batch: Batch) -> Visit | None:
    """Return the state for the next page of a list; `None` where this was the last one needed.

    The end is where nothing new comes: a server that gives its first page for ever ends there too.
    Raises `ReadError` (`list_cut`) where the server told how much there is and stops before it:
    that is no quiet end, and that something is missing has to be known.
    """
    urls = {row.url for row in batch.rows}
    if urls <= visit.seen:
        if batch.is_short(visit):
            whole = f"{batch.total} rows" if batch.total else f"{batch.pages} pages"
            raise ReadError(
                "list_cut",
                f"the list tells of {whole}, but page {visit.page} brings nothing new after "
                f"{visit.given} rows",
            )
        return None
    given = visit.given + len(batch.rows)
    if batch.ends(visit.page, given) or all_older(batch.rows, visit.years):
        return None
    return replace(visit, page=visit.page + 1, given=given, seen=visit.seen | urls)


def all_older(rows: Sequence[Row], years: Years) -> bool:
    """Tell whether a list by falling date has reached days before the wanted years' ends.

    Only where the order shows: a list in any other order is read whole.
    """
    days = [row.published_on for row in rows if row.published_on]
    if not years or len(set(days)) < _DAYS_THAT_SHOW_AN_ORDER:
        return False
    # A report comes out after its year has ended; some departments begin in December.
    return days == sorted(days, reverse=True) and days[0] < f"{min(years)}-12-01"
