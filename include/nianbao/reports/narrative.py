"""Numbers stated in the running text, each with the sentence that states it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao.model import Document, Fact, Paragraph
from nianbao.reports.vocabulary import Measure, vocabulary

_SENTENCE = re.compile(r"[^。；!！?？\n]+[。；!！?？]?")


def read_narrative(document: Document) -> tuple[Fact, ...]:
    """Return the facts of all paragraphs, in reading order."""
    return tuple(fact for paragraph in document.paragraphs for fact in _facts(paragraph))


def _facts(paragraph: Paragraph) -> Iterator[Fact]:
    for sentence in _SENTENCE.findall(paragraph.text):
        for measure in vocabulary().measures:
            found = next((f for p in measure.patterns if (f := p.search(sentence))), None)
            if found:
                yield _fact(measure, found, sentence.strip(), paragraph.place)


def _fact(measure: Measure, found: re.Match[str], quote: str, location: str) -> Fact:
    groups = found.groupdict()
    value = measure.value
    if value is None:
        value = Decimal(groups["n"].replace(",", ""))
    return Fact(measure.name, value, groups.get("unit") or measure.unit, quote, location)
