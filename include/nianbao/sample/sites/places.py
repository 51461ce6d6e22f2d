"""The places file of the sample sites, and what each site publishes."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from nianbao.model import Scope
from nianbao.sample.agencies import reports_of
from nianbao.sample.content import title_of
from nianbao.sample.report import SampleReport, Style
from nianbao.sample.roster import SampleAgency

Kind = Literal["report", "file", "collected", "collection", "decoy"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Agency(_Record):
    name: str
    size: Literal["none", "small"]
    serial: str
    scope: Scope = "agency"


class _One(_Record):
    name: str
    year: int


class Place(_Record):
    """An invented place."""

    name: str
    division: str

    @property
    def site_code(self) -> str:
        """The site's 标识码: the division and a serial number."""
        return f"{self.division}0001"


class SiteWords(_Record):
    """What the pages of the sites say."""

    site_name: str
    column: str
    disclosure: str
    navigation: tuple[str, ...]
    collection: str
    decoys: tuple[str, ...]
    groups: tuple[str, str]
    year_folder: str
    next: str
    previous: str
    first: str
    last: str
    pages: str
    info: str
    attachment: str
    footer: str
    intro: str
    paragraph: str
    topics: tuple[str, ...]
    nothing: str
    guide: str
    error: str
    login: str


class Places(_Record):
    """The whole file."""

    years: tuple[int, int]
    agencies: tuple[_Agency, ...]
    only_collected: _One
    as_file: _One
    places: dict[str, Place]
    words: SiteWords


@dataclass(frozen=True)
class Entry:
    """Something that a site publishes; `number` is its place, the newest first, from 1."""

    number: int
    title: str
    published_on: date
    report: SampleReport | None = None
    kind: Kind = "report"
    """`file`: the list links to a file; `collected`: only the collection page leads to it."""

    @property
    def id(self) -> int:
        """A number as a system would give it; the newest has the highest."""
        return 70_000 - self.number * 7

    @property
    def day(self) -> str:
        """The day of publication, as lists print it."""
        return self.published_on.isoformat()

    @property
    def year(self) -> int:
        """The year that it is about."""
        return self.report.report_year if self.report else self.published_on.year - 1


@cache
def load_places() -> Places:
    """Return the file; it is read once."""
    text = (files("nianbao.sample") / "data" / "sites.yaml").read_text("utf-8")
    return Places.model_validate(yaml.safe_load(text))


@cache
def entries_of(place: Place) -> tuple[Entry, ...]:
    """Return what a place publishes, newest first: reports, a collection of them, and other pages."""
    known = load_places()
    found: list[tuple[date, str, SampleReport | None, Kind]] = []
    for agency in known.agencies:
        for report in reports_of(_sample_agency(place, agency)):
            kind = _kind(agency.name, report.report_year)
            found.append((report.published_on, title_of(report), report, kind))
    last = known.years[1]
    facts = {"place": place.name, "year": last}
    found.append((date(last + 1, 4, 2), known.words.collection.format(**facts), None, "collection"))
    for month, title in enumerate(known.words.decoys, 1):
        found.append((date(last, month, 20), title.format(**facts), None, "decoy"))
    found.sort(key=lambda entry: entry[:2], reverse=True)
    return tuple(
        Entry(number, title, day, report, kind)
        for number, (day, title, report, kind) in enumerate(found, 1)
    )


def _sample_agency(place: Place, agency: _Agency) -> SampleAgency:
    return SampleAgency(
        portal="sample/sites",
        name=f"{place.name}{agency.name}",
        scope=agency.scope,
        size=agency.size,
        division=place.division,
        serial=agency.serial,
        years=load_places().years,
        style=Style(),
    )


def _kind(name: str, year: int) -> Kind:
    known = load_places()
    if (name, year) == (known.only_collected.name, known.only_collected.year):
        return "collected"
    return "file" if (name, year) == (known.as_file.name, known.as_file.year) else "report"
