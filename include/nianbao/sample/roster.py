"""The roster file: sample portals, their agencies, and the founding reports."""

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from nianbao.model import Agency, Scope
from nianbao.sample.report import Style

INBOX_ID = "sample/inbox"
FIRST_YEAR, LAST_YEAR = 2019, 2022


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SamplePortal(_Record):
    """One sample site.

    `build` tells what its server does: lists paged by `startrecord` and `endrecord`, lists paged by
    `page` alone, or no list but a page per agency and year.
    """

    id: str
    name: str
    division: str
    site_id_code: str
    host: int
    build: Literal["records", "pages", "agency_pages"]
    column: int
    unit: int
    site: int
    page_size: int


class SampleAgency(_Record):
    """An invented agency, publishing every year of `years`."""

    portal: str
    name: str
    scope: Scope = "agency"
    size: Literal["none", "small", "medium", "large"]
    division: Annotated[str, Field(pattern=r"^\d{6}$")]
    serial: Annotated[str, Field(pattern=r"^[0-9A-Z]{9}$")]
    years: tuple[int, int] = (FIRST_YEAR, LAST_YEAR)
    style: Style = Style()

    @property
    def credit_code(self) -> str:
        """The 18 characters of a government body's code, with its check character."""
        body = f"11{self.division}{self.serial}"
        return body + check_character(body)

    @property
    def record(self) -> Agency:
        """The agency as a portal record names it."""
        code = self.credit_code
        return Agency(id=code, name=self.name, credit_code=code, division=self.division)


class FoundingReport(_Record):
    """A real report: every cell prints 0 but those named."""

    portal: str
    id: str
    name: str
    division: str
    year: int
    blank: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    cells: dict[str, str] = {}
    labels: dict[str, str] = {}
    style: Style = Style()

    @property
    def record(self) -> Agency:
        """The agency as a portal record names it; its code is not known here."""
        return Agency(id=self.id, name=self.name, division=self.division)


class Roster(_Record):
    """The whole file."""

    portals: tuple[SamplePortal, ...]
    agencies: tuple[SampleAgency, ...]
    founding: tuple[FoundingReport, ...]

    @property
    def _everyone(self) -> tuple[SampleAgency | FoundingReport, ...]:
        return (*self.agencies, *self.founding)

    def agencies_of(self, portal_id: str) -> tuple[Agency, ...]:
        """Return every agency that publishes on a portal, as records."""
        return tuple(one.record for one in self._everyone if one.portal == portal_id)

    def portal_of(self, organisation: str) -> str:
        """Return the id of the portal on which an organisation publishes; KeyError if unknown."""
        return {one.name: one.portal for one in self._everyone}[organisation]


@cache
def load_roster() -> Roster:
    """Return the roster; it is read once."""
    text = (files("nianbao.sample") / "data" / "roster.yaml").read_text("utf-8")
    return Roster.model_validate(yaml.safe_load(text))


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def check_character(body: str) -> str:
    """Return the 18th character of a credit code: GB 32100, weights 3^i modulo 31."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return _ALPHABET[-total % 31]
