"""What sniffing answers: the family of a page, with what a portal record would say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Confidence = Literal["high", "medium", "low"]
ParamValue = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The family of a page, and the settings for a portal record that lists from it."""

    family: str
    start_urls: tuple[str, ...] = ()
    params: Mapping[str, ParamValue] = field(default_factory=dict)
    confidence: Confidence = "high"
    """`high`: marks that no other family has; `medium`: marks that others may have too;
    `low`: only the shape of the links."""
    evidence: tuple[str, ...] = ()
    """What was seen, in words for a maintainer."""
    lists_reports: bool = False
    """The page itself shows annual reports, or leads to them in its family's way; where it doesn't,
    `column_links` may tell which page does."""


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """A link on the way to the annual reports."""

    url: str
    text: str
    kind: Literal["column", "disclosure", "frame"]
    """`column`: the annual reports themselves; `disclosure`: the page of information disclosure,
    one hop before them; `frame`: a frame of the same host, which may hold either."""
