"""Government bodies that the running text names by their place, such as 某市某局.

A body without its place (我局, 区政府) says nothing of whose report it is, so it is no mention.
"""

import re
from collections.abc import Iterator
from functools import cache

from nianbao.divisions import division_names
from nianbao.model import Document, Fact
from nianbao.reports.vocabulary import vocabulary

_SENTENCE_ENDS = "。！？\n"
_LONGEST_PLACE = max(map(len, division_names()))
_SHORTEST_PLACE = 2
_MOST_BEFORE_ENDING = 14
"""Characters between the place and the end of a body's name; the longest real ones have fifteen."""


def read_mentions(document: Document, organisation: str) -> Iterator[Fact]:
    """Yield a fact for each body other than the report's own, where it is first named."""
    seen: set[str] = set()
    for paragraph in document.paragraphs:
        for body in bodies_mentioned(paragraph.text):
            if body not in seen and not _is_own(body, organisation):
                seen.add(body)
                quote = _sentence_with(body, paragraph.text)
                yield Fact("agency_mentioned", None, None, quote, paragraph.place, text=body)


def _is_own(body: str, organisation: str) -> bool:
    """Tell whether a body is the report's own, in short (工信局 for 工业和信息化局) or with an office."""
    signs = iter(organisation)
    is_short_form = all(sign in signs for sign in body)
    return bool(organisation) and (is_short_form or body.startswith(organisation))


def _sentence_with(words: str, text: str) -> str:
    start = text.index(words)
    first = max(text.rfind(end, 0, start) for end in _SENTENCE_ENDS) + 1
    ends = [place for end in _SENTENCE_ENDS if (place := text.find(end, start)) >= 0]
    return text[first : min(ends, default=len(text)) + 1].strip()


def bodies_mentioned(text: str) -> Iterator[str]:
    """Yield each body once, in the order of the text, with all the places before its name."""
    if not _body_endings().search(text):
        return
    seen: set[str] = set()
    end = 0
    for ending in _place_endings().finditer(text):
        place = _place_before(text, ending.end())
        if place is None or place < end:
            continue
        body = _body_after().match(text, ending.end())
        if body is None:
            continue
        end = body.end()
        name = text[place:end]
        if name not in seen:
            seen.add(name)
            yield name


def _place_before(text: str, end: int) -> int | None:
    """Return where the longest division's name that ends here begins."""
    names = division_names()
    for start in range(max(end - _LONGEST_PLACE, 0), end - _SHORTEST_PLACE + 1):
        if text[start:end] in names:
            return start
    return None


@cache
def _place_endings() -> re.Pattern[str]:
    signs = sorted({name[-1] for name in division_names()})
    return re.compile(f"[{''.join(map(re.escape, signs))}]")


@cache
def _body_endings() -> re.Pattern[str]:
    return re.compile("|".join(vocabulary().named_bodies))


@cache
def _body_after() -> re.Pattern[str]:
    in_a_name = f"[^\\W\\d_a-zA-Z{vocabulary().not_in_names}]"
    before = f"{in_a_name}{{0,{_MOST_BEFORE_ENDING}}}?"
    return re.compile(f"{before}(?:{_body_endings().pattern})+")
