"""Numbers stated in the running text, each with the words that state it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from nianbao.model import Document, Fact, Paragraph
from nianbao.reports.disclosed import read_disclosed
from nianbao.reports.numerals import fits, read_numeral
from nianbao.reports.vocabulary import Measure, vocabulary

_SENTENCE = re.compile(r"[^。！!？?\n]+[。！!？?]?")
_CLAUSE_ENDS = re.compile(r"[；;。：:、]|(?<!年)(?<!年度)(?:，|,(?!\d{3}))")
"""A date that opens a sentence belongs to what follows: 2019年，收到…"""
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
    for measure in _measures(tuple([word for word in _about_words() if word in sentence])):
        found = None if measure.name in stated else _find(measure, sentence, report_year)
        if found:
            stated.add(measure.name)
            yield _fact(measure, found, sentence.strip(), paragraph.place)
    yield from read_disclosed(sentence, paragraph.place)
    if "年" in sentence:
        yield from _periods(sentence, paragraph.place)
        yield from _other_years(sentence, paragraph, report_year)


@cache
def _about_words() -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for m in vocabulary().measures for word in m.about))


@cache
def _measures(words: tuple[str, ...]) -> tuple[Measure, ...]:
    """Return the measures that a sentence with these words may state; most sentences have none."""
    return tuple(m for m in vocabulary().measures if not set(words).isdisjoint(m.about))


def _find(measure: Measure, sentence: str, report_year: int | None) -> re.Match[str] | None:
    """Return the first words that state a measure for the report's own year."""
    for pattern in measure.patterns:
        for found in pattern.finditer(sentence):
            clause = _clause_to(found, sentence)
            if not (measure.unless.search(clause) or _is_of_another_time(clause, report_year)):
                return found
    return None


def _clause_to(found: re.Match[str], sentence: str) -> str:
    """Return the words from the beginning of the clause to the end of what was found."""
    ends = [end.end() for end in _CLAUSE_ENDS.finditer(sentence, 0, found.start())]
    return sentence[max(ends, default=0) : found.end()]


def _is_of_another_time(clause: str, report_year: int | None) -> bool:
    if vocabulary().comparing.search(clause):
        return True
    last = max((int(year) for year in _YEAR.findall(clause)), default=None)
    return last is not None and report_year is not None and last < report_year


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
