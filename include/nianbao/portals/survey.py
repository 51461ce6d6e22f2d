"""What a survey of a site finds: which family it is of, and where its annual reports are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from nianbao.model import Lead
from nianbao.portals.families import ListRequest
from nianbao.portals.families.sniff import Proposal

_LABELS_OF_A_SITE = 3

Status = Literal["ready", "empty", "blocked", "unreachable", "needs a hand"]


@dataclass(frozen=True, slots=True)
class Received:
    """A page as it came, `url` after redirects."""

    url: str
    body: bytes
    media_type: str = ""


Ask = Callable[[ListRequest], Received]


@dataclass(frozen=True)
class Survey:
    """What is known of a site after a few pages."""

    status: Status
    reason: str
    proposal: Proposal | None = None
    years_needed: bool = False
    """The family asks year by year, so a record has to say which years."""
    leads: tuple[Lead, ...] = ()
    """What its first list pages hold; the rest was not asked for."""
    url: str = ""
    """Where it began."""
    site_name: str = ""
    pages: int = 0
    agencies: tuple[dict[str, str], ...] = ()
    """Agencies that its pages name together with their credit codes."""

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that a record has to allow: those of its pages and of the reports on them."""
        if self.proposal is None:
            return ()
        urls = [*self.proposal.start_urls, *map(str, self.proposal.params.values())]
        return hosts_of([*urls, *(lead.url for lead in self.leads)])


def hosts_of(urls: Sequence[str]) -> tuple[str, ...]:
    """Return the hosts of the web addresses among some texts, each once."""
    hosts = (urlsplit(url).netloc for url in urls if url.startswith(("http://", "https://")))
    return tuple(dict.fromkeys(host.lower() for host in hosts))


def site_of(url: str) -> str:
    """Return the site that a URL's host belongs to: its last three labels, or the whole address.

    www.example.gov.cn and xxgk.example.gov.cn are one site: example.gov.cn.
    """
    host = urlsplit(url).hostname or ""
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    return ".".join(host.split(".")[-_LABELS_OF_A_SITE:])
