"""Numbers stated in the running text, each with the words that state it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao.model import Document, Fact, Paragraph
from nianbao.reports.disclosed import read_disclosed
from nianbao.reports.numerals import fits, read_numeral
from nianbao.reports.vocabulary import Measure, vocabulary

_SENTENCE = re.compile(r"[^。！!？?\n]+[。！!？?]?")
_DAY = r"(20\d{2})年(\d{1,2})月(\d{1,2})日"
_PERIOD = re.compile(rf"自?{_DAY}起?(?:至|到|-|—){_DAY}止?")
_YEAR = re.compile(r"(20\d{2})年")


def read_narrative(document: Document, report_year: int | None) -> tuple[Fact, ...]:
    """Return the facts of all paragraphs, in reading order."""
    return tuple(
        fact
        for paragraph in document.paragraphs
        for sentence in _SENTENCE.findall(paragraph.text)
        for fact in _facts(sentence, paragraph, report_year)
        if fact.value is None or fits(fact.value)
    )


def _facts(sentence: str, paragraph: Paragraph, report_year: int | None) -> Iterator[Fact]:
    stated: set[str] = set()
    for measure in vocabulary().measures:
        found = None if measure.name in stated else _find(measure, sentence)
        if found:
            stated.add(measure.name)
            yield _fact(measure, found, sentence.strip(), paragraph.place)
    yield from read_disclosed(sentence, paragraph.place)
    yield from _periods(sentence, paragraph.place)
    yield from _other_years(sentence, paragraph, report_year)


def _find(measure: Measure, sentence: str) -> re.Match[str] | None:
    for pattern in measure.patterns:
        if found := pattern.search(sentence):
            return found
    return None


def _fact(measure: Measure, found: re.Match[str], quote: str, location: str) -> Fact:
    groups = found.groupdict()
    value = read_numeral(groups["n"]) if measure.value is None else measure.value
    return Fact(measure.name, value, groups.get("u") or measure.unit, quote, location)


def _periods(sentence: str, location: str) -> Iterator[Fact]:
    for found in _PERIOD.finditer(sentence):
        first, last = found.groups()[:3], found.groups()[3:]
        text = "/".join(f"{int(y):04d}-{int(m):02d}-{int(d):02d}" for y, m, d in (first, last))
        yield Fact("period", None, None, found[0], location, text=text)


def _other_years(sentence: str, paragraph: Paragraph, report_year: int | None) -> Iterator[Fact]:
    """Yield the years that are not the report's; whether they may stand there is a rule's question."""
    years = dict.fromkeys(int(year) for year in _YEAR.findall(sentence))
    for year in years:
        if report_year is not None and year != report_year:
            yield Fact("year_mentioned", Decimal(year), None, sentence.strip(), paragraph.place)
