"""What a harvest is told beside its portals: each has a default that leaves nothing out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nianbao.crawl.revisit import Revisit
from nianbao.model import Attachment, Fetch, Lead
from nianbao.portals.families import Years

Links = Callable[[bytes], tuple[Attachment, ...]]
"""From a fetched file to the files that stand in its place: the attachments of a bare page."""


def no_links(_: bytes) -> tuple[Attachment, ...]:
    """Return nothing."""
    return ()


@dataclass(frozen=True)
class Orders:
    """The orders of one harvest."""

    revisit: Revisit | None = None
    """`None` asks for every report again."""
    links: Links = no_links
    pages_of: Mapping[str, Years] = field(default_factory=dict)
    """By portal, the report years whose pages are asked for where a site has some for each year.

    What a list of many years shows is taken as it comes.
    """
    done: frozenset[tuple[str, str]] = frozenset()
    """Portal id and URL of what this run has had already, before it was interrupted."""
    keep: Callable[[Fetch], object] = lambda _: None
    """Receives each line of the log as soon as there is one; called from several threads."""
    heard: Callable[[Lead], object] = lambda _: None
    """Receives each wanted lead, asked for or not; called from several threads."""
