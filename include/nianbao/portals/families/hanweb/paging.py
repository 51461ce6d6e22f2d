"""Paging through `dataproxy.jsp`, whichever of the server's builds answers.

One build looks at `startrecord` and `endrecord` alone and another at `page` alone, so every request
carries both, and both run on without a gap from the first: what the column page held already comes
again, once. The end is where an answer has no link that was not seen before; a server that gives
its first page for ever ends there too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nianbao.portals.families.base import ListRequest

_PAGES_PER_REQUEST = 3
"""Display pages that the page's own script asks for at once."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a list stands; `fields` are `name=value`, encoded as the page has them."""

    url: str
    fields: tuple[str, ...]
    per_page: int
    total: int | None
    by_post: bool
    referer: str
    page: int = 1
    seen: frozenset[str] = frozenset()


def request_for(paging: Paging) -> ListRequest:
    """Return the request for the page where a list stands."""
    size = paging.per_page * _PAGES_PER_REQUEST
    place = (
        f"page={paging.page}",
        f"startrecord={(paging.page - 1) * size + 1}",
        f"endrecord={paging.page * size}",
        f"perpage={paging.per_page}",
    )
    query = place if paging.by_post else (*place, *paging.fields)
    body = "&".join(paging.fields) if paging.by_post else None
    return ListRequest(f"{paging.url}?{'&'.join(query)}", body, paging.referer, paging)


def next_page(paging: Paging, hrefs: Iterable[str]) -> ListRequest | None:
    """Return the request after an answer with these links; `None` at the end of the list."""
    seen = paging.seen.union(hrefs)
    all_seen = paging.total is not None and len(seen) >= paging.total
    if len(seen) == len(paging.seen) or all_seen:
        return None
    return request_for(replace(paging, page=paging.page + 1, seen=seen))
