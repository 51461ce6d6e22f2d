"""A portal as its YAML record describes it; the JSON schema for editors is made from this model."""

from datetime import date
from ipaddress import ip_network
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

_CREDIT_CODE = r"^[0-9A-HJ-NPQRTUWXY]{18}$"
_EARLIEST, _LATEST = 2003, 2099
ReportYear = Annotated[int, Field(ge=_EARLIEST, le=_LATEST)]


class _Record(BaseModel):
    # A setting's docstring is what editors show beside it.
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Years(_Record):
    """Years, both ends included; an open end goes to last year."""

    first: ReportYear
    last: ReportYear | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"last ({self.last}) comes before first ({self.first})")
        return self


class Validity(_Record):
    """Report years in which an organisation existed; an end that is not known is left out."""

    first: ReportYear | None = None
    last: ReportYear | None = None


class Agency(_Record):
    """An organisation that publishes on the portal."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    """Stable organisation id, never reused: `cn-<credit code>`, or a slug where that is unknown."""
    name: Annotated[str, Field(min_length=1)]
    """The name in full, as its reports print it."""
    aliases: tuple[str, ...] = ()
    """Other names that its reports print; one that fits many places (商务局) would take them all."""
    credit_code: Annotated[str, Field(pattern=_CREDIT_CODE)] | None = None
    """统一社会信用代码; Hanweb's `area` parameter."""
    division: Annotated[str, Field(pattern=r"^\d{6}$")] | None = None
    """行政区划代码, in quotes."""
    kind: Literal["government", "department", "township", "subdistrict", "institution"] | None = (
        None
    )
    validity: Validity | None = None
    """Where it was founded or abolished lately."""


class Count(_Record):
    """A number of reports: fewer than `min` is an alarm, more than `max` a warning."""

    min: Annotated[int, Field(ge=0)] = 0
    max: Annotated[int, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"max ({self.max}) is less than min ({self.min})")
        return self


class Expected(Count):
    """Reports expected in a report year; `max: 0` says that there are none, and that this is known."""

    years: dict[ReportYear, Count] = {}
    """Counts of single report years, in place of the general one."""

    def in_year(self, year: int) -> Count:
        """Return the count for one report year."""
        return self.years.get(year, self)


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
    name: Annotated[str, Field(min_length=1)]
    """What people call the site."""
    family: str
    """Name of the family whose code can list it."""
    hosts: tuple[str, ...] = ()
    """Allow-list; a URL on any other host is not fetched."""
    networks: tuple[str, ...] = ()
    """Private address ranges (CIDR) that the hosts may be in: a government's internal network."""
    verify_tls: bool = True
    """`false` only with `tls_reason`: anyone on the way can then change what is read."""
    tls_reason: str = ""
    """Why the certificate can't be verified, and since when."""
    start_urls: tuple[str, ...] = ()
    """Pages, or an inbox's folders, that the listing begins with."""
    params: dict[str, str | int | tuple[str, ...]] = {}
    """What the family needs beside the URLs; each family documents its own."""
    agencies: tuple[Agency, ...] = ()
    """The organisations that publish there; one that is not listed gets an id from its name."""
    agencies_file: Annotated[str, Field(pattern=r"^[a-z0-9_]+\.csv$")] | None = None
    """CSV beside the record with more agencies: id, name, credit_code, division, aliases, kind."""
    years: Years | None = None
    """Report years that the portal covers."""
    politeness: Politeness = Politeness()
    """How its hosts are treated, where the defaults are too fast or too short."""
    expected: Expected = Expected()
    """How many reports a year should have."""
    stage: Literal["published", "draft"] = "published"
    verified: Literal["live", "recorded behaviour", "sample", "unverified"] = "unverified"
    """`live` only if somebody saw the pages with these settings; `verified_on` says when."""
    verified_on: date | None = None
    """The day somebody saw the pages."""
    contact: str = ""
    """Whom to write to or call about the site, as the site itself tells it."""
    enabled: bool = True
    """`false` leaves it out of every harvest; `status_note` says why."""
    status_note: str = ""
    """Why the portal is not harvested, or what its state is, for people who see its name in a list."""

    @field_validator("networks")
    @classmethod
    def _are_ranges(cls, networks: tuple[str, ...]) -> tuple[str, ...]:
        for network in networks:
            ip_network(network)
        return networks
