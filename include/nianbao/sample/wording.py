"""The words of the sample reports and sites, from their file."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SiteWords(_Words):
    """What stands around a report on its page."""

    column: str
    column_type: str
    navigation: tuple[str, ...]
    position: str
    metadata: tuple[str, ...]
    date_line: str
    footer: tuple[str, ...]
    produced_by: str
    index_intro: str
    notice: tuple[str, ...]
    not_found: str
    forbidden: str


class Wording(_Words):
    """The whole file; braces are filled per report."""

    information: str
    title: str
    title_lines: tuple[str, ...]
    title_year_last: str
    agency_name: str
    inbox_name: str
    inbox_not_a_report: str
    inbox_damaged: str
    title_lines_year_last: tuple[str, ...]
    ordinals: tuple[str, ...]
    ordinals_arabic: tuple[str, ...]
    preamble: tuple[str, ...]
    overview: tuple[str, ...]
    received_none: str
    received_some: str
    review_none: str
    review_some: str
    problems: tuple[str, ...]
    other_before_2021: str
    other_since_2021: str
    site: SiteWords


@cache
def load_wording() -> Wording:
    """Return the words; they are read once."""
    text = (files("nianbao.sample") / "data" / "wording.yaml").read_text("utf-8")
    return Wording.model_validate(yaml.safe_load(text))
