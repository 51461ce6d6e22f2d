"""A portal as its YAML record describes it; the JSON schema for editors is made from this model."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Agency(_Record):
    """An organisation that publishes on the portal."""

    id: str
    """Stable organisation id, never reused: `cn-<credit code>`, or a slug where that is unknown."""
    name: str
    aliases: tuple[str, ...] = ()
    credit_code: Annotated[str, Field(pattern=r"^[0-9A-Z]{18}$")] | None = None
    """统一社会信用代码; Hanweb's `area` parameter."""
    division: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None


class Years(_Record):
    """Report years that the portal covers, both ends included; an open end goes to last year."""

    first: int
    last: int | None = None


class Expected(_Record):
    """Reports expected per year: fewer than `min` is an alarm, more than `max` a warning."""

    min: int = 0
    max: int | None = None


class Politeness(_Record):
    """How the portal's hosts are treated; each value overrides the crawl's default."""

    seconds_between_requests: Annotated[float, Field(ge=0)] = 1.0
    timeout_seconds: Annotated[float, Field(gt=0)] = 30.0
    max_bytes: Annotated[int, Field(gt=0)] = 50_000_000
    retries: Annotated[int, Field(ge=0, le=10)] = 3


class Portal(_Record):
    """One site, or one agency's column on it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+(/[a-z0-9_]+)*$")]
    """`<province>/<file stem>`; given by the file's place, never written in it."""
    name: str
    family: str
    """Name of the family whose code can list it."""
    hosts: tuple[str, ...] = ()
    """Allow-list; a URL on any other host is not fetched."""
    start_urls: tuple[str, ...] = ()
    params: dict[str, str | int | tuple[str, ...]] = {}
    """What the family needs beside the URLs; each family documents its own."""
    agencies: tuple[Agency, ...] = ()
    years: Years | None = None
    politeness: Politeness = Politeness()
    expected: Expected = Expected()
    stage: Literal["published", "draft"] = "published"
    verified: Literal["live", "recorded behaviour", "sample", "unverified"] = "unverified"
    verified_on: date | None = None
    enabled: bool = True
