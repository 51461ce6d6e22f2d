"""What the titles on a list say: a report and its year, a folder, an agency; words in titles.yaml."""

import re
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from nianbao.model import normalise_name

_YEAR_SIGNED = re.compile(r"(?<!\d)(20\d\d)年")
_YEAR_BARE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_YEAR_ALONE = re.compile(r"[(（【\[]?(20\d\d)(年度?)?[)）】\]]?")
_NAME = re.compile(r"[\u4e00-\u9fff（）()、]{2,30}")
_LONGEST_GROUP = 16
"""Characters; a longer title that names a kind of agency is a sentence."""


class Words(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[str, ...]
    loose_kinds: tuple[str, ...]
    subjects: tuple[str, ...]
    not_reports: tuple[str, ...]
    indexes: tuple[str, ...]
    other_reports: tuple[str, ...]
    groups: tuple[str, ...]
    group_endings: tuple[str, ...]
    agency_endings: tuple[str, ...]
    columns: tuple[str, ...]
    column_paths: tuple[str, ...]
    disclosures: tuple[str, ...]
    pagers: tuple[str, ...]
    next_page: tuple[str, ...]
    digits: dict[str, int]


def is_report(title: str) -> bool:
    """Tell whether a title looks like one annual report on information disclosure."""
    return not _has(normalise_name(title), words().indexes) and _is_kind(title)


def is_index(title: str) -> bool:
    """Tell whether a title is that of a page of links to annual reports."""
    text = normalise_name(title)
    return _has(text, words().indexes) and _is_kind(title)


def is_year(title: str) -> bool:
    """Tell whether a title is a year and nothing else."""
    return bool(_YEAR_ALONE.fullmatch(_with_digits(normalise_name(title))))


def is_agency(title: str) -> bool:
    """Tell whether a title is the name of an agency and nothing else."""
    text = normalise_name(title)
    return bool(_NAME.fullmatch(text)) and text.endswith(words().agency_endings)


def is_group(title: str) -> bool:
    """Tell whether a title is that of a folder for one kind of agency."""
    text, known = normalise_name(title), words()
    if len(text) > _LONGEST_GROUP or _has(text, (*known.not_reports, *known.subjects)):
        return False
    return _has(text, known.groups) or text.endswith(known.group_endings)


def is_column(title: str) -> bool:
    """Tell whether a title is that of a column of annual reports on information disclosure."""
    text = normalise_name(title)
    if _has(text, words().not_reports) or _has(text, words().other_reports):
        return False
    return text in words().columns or (_has(text, words().kinds) and _has(text, words().subjects))


def report_year(title: str) -> int | None:
    """Return the year that a title reports on, or `None`.

    A title may name the year of publication too. The report's own stands before the word for the
    report, closest to it, or else is the first of all.
    """
    text = _with_digits(normalise_name(title))
    years = list(_YEAR_SIGNED.finditer(text)) or list(_YEAR_BARE.finditer(text))
    if not years:
        return None
    end = max((text.rfind(word) for word in words().kinds), default=-1)
    before = [year for year in years if year.start() < end]
    return int((before[-1] if before else years[0]).group(1))


def _is_kind(title: str) -> bool:
    text, known = normalise_name(title), words()
    subject, year = _has(text, known.subjects), report_year(title) is not None
    if _has(text, known.not_reports):
        return False
    if _has(text, known.other_reports) and not subject:
        return False
    if _has(text, known.kinds):
        return subject or year
    return _has(text, known.loose_kinds) and subject and year


def _has(text: str, some: tuple[str, ...]) -> bool:
    return any(word in text for word in some)


def _with_digits(text: str) -> str:
    digits = words().digits
    numeral = re.compile(f"[{''.join(digits)}]{{4}}(?=年)")
    return numeral.sub(lambda found: "".join(str(digits[sign]) for sign in found.group()), text)


@cache
def words() -> Words:
    """Return the words; they are read once."""
    source = files("nianbao.portals.families") / "titles.yaml"
    return Words.model_validate(yaml.safe_load(source.read_text("utf-8")))
