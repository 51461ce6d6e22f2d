"""The pages of the site as plain values, one class per kind; a template fills each."""

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.site.figure import Figure


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every page has."""

    template: str
    address: str
    """Below the folder of its language."""
    title: str
    charts: bool = False


@dataclass(frozen=True, kw_only=True)
class PlacePage(Page):
    """A place, or the whole country."""

    template: str = "place.html"
    charts: bool = True
    code: str = ""
    note: str = ""
    above: Sequence[tuple[str, str]] = ()
    facts: Sequence[tuple[str, str, str]] = ()
    """Label, value and what is below it."""
    figures: Sequence[Figure] = ()


@dataclass(frozen=True, slots=True)
class OpenCheck:
    """A failed check in words."""

    severity: str
    state: str
    """What a reviewer decided; empty where nobody has."""
    when: str
    message: str
    title: str
    blame: str
    basis: str
    advice: str
    quote: str


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report with where it came from."""

    when: str
    title: str
    form: str
    published: str
    versions: int
    source: str
    """Its address; empty where it was handed in as a file."""
    file: str
    copy: str
    """Address of the archived bytes, where they are served."""
    archived: str
    """Where the archive keeps the bytes, which is named by their SHA-256."""


@dataclass(frozen=True, kw_only=True)
class AgencyPage(Page):
    """One agency."""

    template: str = "agency.html"
    charts: bool = True
    org_id: str
    above: Sequence[tuple[str, str]]
    about: Sequence[tuple[str, str, str]]
    """Label, value and address."""
    coverage: Figure
    figures: Sequence[Figure]
    checks: Sequence[OpenCheck]
    open_checks: int
    """Checks that could not be assessed."""
    unread: Figure
    findings: Sequence[tuple[str, str, str, str]]
    reports: Sequence[ReportEntry]


@dataclass(frozen=True, kw_only=True)
class SearchPage(Page):
    """The index of agencies."""

    template: str = "search.html"
    provinces: Sequence[tuple[str, str]]
    kinds: Sequence[str]
    themes: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PlacesPage(Page):
    """The tree of places: name, address and what is in it."""

    template: str = "places.html"
    provinces: Sequence[tuple[str, str, Sequence[tuple[str, str, Sequence[tuple[str, str]]]]]]
    nowhere: bool


@dataclass(frozen=True)
class Query:
    """A query as shown: its name, its variables with examples, and its text."""

    name: str
    variables: Sequence[tuple[str, str]]
    text: str


@dataclass(frozen=True, kw_only=True)
class SqlPage(Page):
    """Every query."""

    template: str = "sql.html"
    queries: Sequence[Query]


@dataclass(frozen=True, kw_only=True)
class NotesPage(Page):
    """How to read the figures, and what this version lacks."""

    template: str = "notes.html"
    lacking: Sequence[str]
