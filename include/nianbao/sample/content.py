"""A report as headings, paragraphs and tables in reading order; sentences agree with cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao.forms import load_form
from nianbao.sample.layout import Grid, tables_of
from nianbao.sample.report import SampleReport
from nianbao.sample.wording import load_wording

FEE_STATEMENT_SINCE = 2021


@dataclass(frozen=True, slots=True)
class Title:
    """The report's title, one or two lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a section, with its ordinal."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the running text."""

    text: str


Part = Title | Heading | Text | Grid


def parts_of(report: SampleReport) -> Iterator[Part]:
    """Yield the report from its title to its last paragraph."""
    words, style = load_wording(), report.style
    yield Title(title_lines(report))
    yield from (Text(_filled(line, report)) for line in words.preamble)
    ordinals = words.ordinals_arabic if style.arabic_ordinals else words.ordinals
    for section, ordinal in zip(load_form(report.form).sections, ordinals, strict=True):
        yield Heading(ordinal + section.zh)
        yield from (Text(line) for line in _sentences(report, section.code))
        yield from tables_of(report, section.code)


def title_of(report: SampleReport) -> str:
    """Return the title in one line, as lists and metadata give it."""
    words = load_wording()
    pattern = words.title_year_last if report.style.year_last else words.title
    return _filled(pattern, report)


def title_lines(report: SampleReport) -> tuple[str, ...]:
    """Return the title as the report prints it."""
    words, style = load_wording(), report.style
    if not style.two_line_title:
        return (title_of(report),)
    lines = words.title_lines_year_last if style.year_last else words.title_lines
    return tuple(_filled(line, report) for line in lines)


def _sentences(report: SampleReport, section: str) -> list[str]:
    words = load_wording()
    if section == "overview":
        facts = {
            "received_sentence": _received(report),
            "review_sentence": _reviewed(report),
        }
        return [line.format(**facts) for line in words.overview]
    if section == "problems":
        return list(words.problems)
    if section == "other":
        since = report.report_year >= FEE_STATEMENT_SINCE
        return [words.other_since_2021 if since else words.other_before_2021]
    return []


def _received(report: SampleReport) -> str:
    words = load_wording()
    facts = {
        row: _said(report, f"applications.{row}.total")
        for row in ("received", "carried_in", "carried_out")
    }
    if set(facts.values()) == {"0"}:
        return words.received_none
    return words.received_some.format(**facts)


def _reviewed(report: SampleReport) -> str:
    words = load_wording()
    reviews = _said(report, "reviews.review.total")
    direct, after = (
        _said(report, f"reviews.litigation_{kind}.total") for kind in ("direct", "after_review")
    )
    litigation = f"{Decimal(direct) + Decimal(after):f}"
    if reviews == litigation == "0":
        return words.review_none
    return words.review_some.format(reviews=reviews, litigation=litigation)


def _said(report: SampleReport, code: str) -> str:
    return report.claims.get(code, report.cells[code])


def _filled(pattern: str, report: SampleReport) -> str:
    return pattern.format(organisation=report.organisation, year=report.report_year)
