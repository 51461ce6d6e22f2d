"""Who reports, for which year, for which territory: read from the title and nowhere else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from nianbao.model import Document, Finding, Scope
from nianbao.reports.text import label_key, squeeze
from nianbao.reports.vocabulary import vocabulary

_YEAR = re.compile(r"(?<!\d)(?P<year>20\d{2})(?!\d)\s*年?度?")
_YEAR_BEHIND = re.compile(r"（20\d{2}年?度?）$")
_LONGEST = 90
"""Characters: a longer line is a sentence that mentions the report, not its title."""

_MOST_LINES = 3
_LEADING_PARAGRAPHS = 40


@dataclass(frozen=True, slots=True)
class Title:
    """A title, taken apart; `organisation` is empty where only the site's column names it."""

    text: str
    organisation: str
    report_year: int


def find_title(document: Document) -> tuple[Title | None, list[Finding]]:
    """Return the report's title and what was doubtful about it.

    It is one to three leading lines; where several reports are named there, as beside a list of
    links, the one that the page's own metadata name. These alone serve where the text has none.
    """
    found = [title for text in _candidates(document) if (title := read_title(text))]
    printed = [title for title in found if title.organisation]
    named = read_title(document.metadata.get("title", ""))
    if not printed:
        nobody = found[0] if found else None
        return (named if named and named.organisation else nobody or named), []
    chosen = next((title for title in printed if named and _same(title, named)), printed[0])
    years = [title.report_year for title in found if not title.organisation]
    if named and named.organisation and named.report_year in years and not _same(chosen, named):
        # A title without a body, and links to the reports of others: the page says whose it is.
        chosen = named
    others = {(t.organisation, t.report_year) for t in [*printed, *([named] if named else [])]}
    others = {other for other in others if other[0]} - {(chosen.organisation, chosen.report_year)}
    if not others or (named and _same(chosen, named)):
        return chosen, []
    names = "; ".join(f"{organisation} {year}" for organisation, year in sorted(others))
    return chosen, [Finding("several_titles", "warning", f"other reports are named too: {names}")]


def _same(title: Title, other: Title) -> bool:
    return (title.organisation, title.report_year) == (other.organisation, other.report_year)


def _candidates(document: Document) -> Iterator[str]:
    """Yield what may be the title; of lines put together, the shortest stretch first.

    A line above is joined only if it reads like the name of a body: above a title stand also
    breadcrumbs, dates and share buttons.
    """
    lines = [p.text for p in document.paragraphs[:_LEADING_PARAGRAPHS]]
    for last in range(len(lines)):
        for count in range(1, min(_MOST_LINES, last + 1) + 1):
            above = lines[last - count + 1 : last]
            if all(is_body(line) for line in above):
                yield "".join([*above, lines[last]])


@lru_cache(maxsize=512)  # the leading lines of a document are asked about more than once
def read_title(text: str) -> Title | None:
    """Take a title apart; `None` for a text that is not the title of an annual report.

    Known orders: 某局2020年…报告, 2020年某局…报告, 某局政府信息公开工作2020年度报告.
    """
    words = vocabulary()
    if not all(sign in text for sign in words.title_signs):
        return None
    key = words.title_prefix.sub("", _year_in_digits(_last_step(label_key(text))))
    year = _YEAR.search(key)
    subject = next((word for word in words.subjects if word in key), None)
    if len(key) > _LONGEST or year is None or subject is None or not _is_report(key):
        return None
    before, _, _ = _YEAR.sub("", key, count=1).partition(subject)
    return Title(squeeze(text), _organisation(before), int(year["year"]))


def _last_step(key: str) -> str:
    """Return what a breadcrumb leads to; any other text as it is."""
    return vocabulary().breadcrumb.split(key)[-1]


def _year_in_digits(key: str) -> str:
    """Return a title with 二〇二一年 as 2021年."""
    digits = vocabulary().year_digits
    return _year_in_words().sub(lambda found: "".join(digits[digit] for digit in found[0]), key)


@cache
def _year_in_words() -> re.Pattern[str]:
    return re.compile(rf"[{''.join(vocabulary().year_digits)}]{{4}}(?=年)")


def _is_report(key: str) -> bool:
    words = vocabulary()
    without_year = _YEAR_BEHIND.sub("", key).rstrip("）")
    return without_year.endswith(words.kinds) and not words.not_reports.search(key)


def _organisation(text: str) -> str:
    for suffix in vocabulary().title_suffixes:
        text = text.removesuffix(suffix)
    text = text.strip("《》：，、-—")
    # A breadcrumb with another separator: nobody is better than a body that does not exist.
    return "" if vocabulary().not_bodies.search(text) else text


@lru_cache(maxsize=512)
def is_body(line: str) -> bool:
    """Tell whether a line reads like the name of a body, which may stand above the title."""
    return vocabulary().body.fullmatch(label_key(line)) is not None


def scope_of(organisation: str) -> Scope:
    """Return the scope that a name claims: own level, a whole territory, or one body."""
    words = vocabulary()
    if words.own_level.search(organisation):
        return "own_level"
    is_area = words.area.search(organisation) and not words.single_body.search(organisation)
    return "area" if is_area else "agency"
