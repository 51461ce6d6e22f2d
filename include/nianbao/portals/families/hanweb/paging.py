"""Paging through `dataproxy.jsp`, whichever of the server's builds answers.

One build looks at `startrecord` and `endrecord` alone and another at `page` alone, so every request
carries both, and both run on without a gap from the first: what the column page held already comes
again, once. A third build gives a link whose values are encrypted: it is asked with that link as it
came, but for the page.
"""

import re
from dataclasses import dataclass

from nianbao.portals.families.base import ListRequest
from nianbao.portals.families.visit import Visit

_PAGES_PER_REQUEST = 3
"""Display pages that the page's own script asks for at once."""
_PLAIN = re.compile(r"(unitid|columnid)=[\d,]*")
_ENCRYPTABLE = ("unitid=", "columnid=")


@dataclass(frozen=True, slots=True)
class Paging:
    """How a list is asked for; `fields` are `name=value`, encoded as the page has them."""

    url: str
    fields: tuple[str, ...]
    per_page: int
    total: int | None
    by_post: bool


def is_encrypted(fields: tuple[str, ...]) -> bool:
    """Tell whether the fields mean something to the server only."""
    named = (field for field in fields if field.startswith(_ENCRYPTABLE))
    return any(not _PLAIN.fullmatch(field) for field in named)


def request_for(visit: Visit, paging: Paging, column: str) -> ListRequest:
    """Return the request for the page where a list stands."""
    if is_encrypted(paging.fields):
        return ListRequest(
            f"{paging.url}?page={visit.page}&{'&'.join(paging.fields)}", None, column, state=visit
        )
    size = paging.per_page * _PAGES_PER_REQUEST
    place = (
        f"page={visit.page}",
        f"startrecord={(visit.page - 1) * size + 1}",
        f"endrecord={visit.page * size}",
        f"perpage={paging.per_page}",
    )
    query = place if paging.by_post else (*place, *paging.fields)
    body = "&".join(paging.fields) if paging.by_post else None
    return ListRequest(f"{paging.url}?{'&'.join(query)}", body, column, state=visit)
