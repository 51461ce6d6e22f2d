"""Which titles on a list are annual reports, and of which year; the words are in titles.yaml."""

import re
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from nianbao.model import normalise_name

_YEAR_SIGNED = re.compile(r"(?<!\d)(20\d\d)年")
_YEAR_BARE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[str, ...]
    loose_kinds: tuple[str, ...]
    subjects: tuple[str, ...]
    not_reports: tuple[str, ...]
    other_reports: tuple[str, ...]
    digits: dict[str, int]


def is_report(title: str) -> bool:
    """Tell whether a title looks like one annual report on information disclosure."""
    words, text = _words(), normalise_name(title)
    subject, year = _has(text, words.subjects), report_year(title) is not None
    if _has(text, words.not_reports):
        return False
    if _has(text, words.other_reports) and not subject:
        return False
    if _has(text, words.kinds):
        return subject or year
    return _has(text, words.loose_kinds) and subject and year


def report_year(title: str) -> int | None:
    """Return the year that a title reports on, or `None`.

    A title may name the year of publication too. The report's own stands before the word for the
    report, closest to it, or else is the first of all.
    """
    text = _with_digits(normalise_name(title))
    years = list(_YEAR_SIGNED.finditer(text)) or list(_YEAR_BARE.finditer(text))
    if not years:
        return None
    end = max((text.rfind(word) for word in _words().kinds), default=-1)
    before = [year for year in years if year.start() < end]
    return int((before[-1] if before else years[0]).group(1))


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _with_digits(text: str) -> str:
    digits = _words().digits
    numeral = re.compile(f"[{''.join(digits)}]{{4}}(?=年)")
    return numeral.sub(lambda found: "".join(str(digits[sign]) for sign in found.group()), text)


@cache
def _words() -> _Words:
    source = files("nianbao.portals.families") / "titles.yaml"
    return _Words.model_validate(yaml.safe_load(source.read_text("utf-8")))
