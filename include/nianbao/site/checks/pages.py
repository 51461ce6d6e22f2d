"""The pages of the expectation reports as plain values; a template fills each."""

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.site.checks.gate import GateRecord
from nianbao.site.figure import Table
from nianbao.site.pages import Page
from nianbao.site.warehouse import Row

Facts = Sequence[tuple[str, str, str, str]]
"""Label, value, what is below it, and a CSS class."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A failed check in the words of an office."""

    anchor: str
    severity: str
    state: str
    state_note: str
    """Who decided, when and why."""
    message: str
    rule: str
    title: str
    printed: str
    expected: str
    worked: str
    blame: str
    why: str
    basis: str
    advice: str
    quote: str
    location: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from, and where its bytes are."""

    url: str
    """Its address; empty where it was handed in as a file."""
    file: str
    copy: str
    """Address of the archived copy from the top of the site; empty where there is none."""
    served: bool
    """True where the copy is not in the folder, but is there where the reports are served."""
    sha256: str


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report with what its checks came to."""

    when: str
    title: str
    about: Sequence[str]
    source: Source
    counts: str
    open: str
    """What could not be assessed."""
    hints: Sequence[str]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Decision:
    """A step in the life of a finding."""

    at: str
    state: str
    when: str
    message: str
    reason: str
    about: str
    """Who decided, who is responsible, and by when."""


@dataclass(frozen=True, kw_only=True)
class AgencyPage(Page):
    """One agency with every failed check over the years."""

    template: str = "checks/agency.html"
    org_id: str
    above: Sequence[tuple[str, str]]
    facts: Facts
    reports: Sequence[CheckedReport]
    decisions: Sequence[Decision]
    left_out: int
    """Findings that the page has no room for."""
    shown: int


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A finding in a list, with the address of its agency's page and its place there."""

    href: str
    agency: str
    when: str
    message: str
    state: str


@dataclass(frozen=True, kw_only=True)
class RulePage(Page):
    """One rule."""

    template: str = "checks/rule.html"
    rule: Row
    theme: str
    years: Table
    places: Table
    rows: Sequence[ShownRow]
    docs: Sequence[tuple[str, str]]
    """The Data Docs about it: form and address from the top of the site."""


@dataclass(frozen=True, kw_only=True)
class RulesPage(Page):
    """All rules."""

    template: str = "checks/rules.html"
    table: Table
    themes: Sequence[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class PlacePage(Page):
    """A place."""

    template: str = "checks/place.html"
    code: str
    above: Sequence[tuple[str, str]]
    facts: Facts
    rules: Table
    parts: Table
    bodies: Table


@dataclass(frozen=True, kw_only=True)
class StartPage(Page):
    """The first page."""

    template: str = "checks/index.html"
    gate: GateRecord | None
    facts: Facts
    severities: Table
    places: Table
    bodies: Table
    rules: Table
    rule_count: int
    gaps: Sequence[str]
    not_read: Sequence[tuple[str, int, str]]
    drift_text: str
    drift: Table


@dataclass(frozen=True, kw_only=True)
class FindingsPage(Page):
    """The list of findings with its filters."""

    template: str = "checks/findings.html"
    provinces: Sequence[tuple[str, str]]
    years: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class NotesPage(Page):
    """How to read the reports."""

    template: str = "checks/notes.html"
    lacking: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class CopyPage(Page):
    """An archived web page as text."""

    template: str = "checks/copy.html"
    sha256: str
    bytes_name: str
    document: str
