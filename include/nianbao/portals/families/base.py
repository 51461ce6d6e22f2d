"""What a family is: pure code from list pages to leads and to the list pages to ask for next."""

from dataclasses import dataclass
from typing import Protocol

from nianbao.errors import ConfigurationError
from nianbao.model import Lead, Portal

Years = tuple[int, ...] | None
"""Report years that are wanted; `None` is any year."""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list page to ask for; the client does it and hands the bytes back with this request."""

    url: str
    body: str | None = None
    """What to POST, a URL-encoded form where `headers` don't say otherwise; `None` is a GET."""
    referer: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Headers that the protocol asks for beside the usual ones."""
    state: object = None
    """What the family wants to know again when it reads the answer."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one page yielded: leads to fetch and list pages to ask for."""

    leads: tuple[Lead, ...] = ()
    requests: tuple[ListRequest, ...] = ()


class Family(Protocol):
    """One kind of site; it does no I/O and keeps no state between calls."""

    def check(self, portal: Portal) -> None:
        """Raise `ConfigurationError` where the record lacks what this family needs."""

    def start(self, portal: Portal, years: Years) -> Step:
        """Return the first list pages, and the leads that need no list."""

    def read(self, portal: Portal, request: ListRequest, body: bytes, media_type: str) -> Step:
        """Return what a list page holds; `ReadError` where it is no list page of this family."""


def check_params(portal: Portal, known: frozenset[str]) -> None:
    """Raise `ConfigurationError` where a record sets a parameter that its family doesn't know."""
    unknown = sorted(portal.params.keys() - known)
    if unknown:
        names = ", ".join(sorted(known)) or "none"
        raise ConfigurationError(f"params: unknown: {', '.join(unknown)} (known: {names})")
