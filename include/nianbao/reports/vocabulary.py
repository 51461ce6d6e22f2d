"""The words of `vocabulary.yaml`, compiled once."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nianbao.reports.numerals import PATTERN


@dataclass(frozen=True)
class Measure:
    """A number that the narrative may state."""

    name: str
    about: tuple[str, ...]
    """Words of which one stands in every sentence that any of the patterns fits."""
    patterns: tuple[re.Pattern[str], ...]
    value: Decimal | None
    """The number itself where the words state it without digits (none received: 0)."""
    unit: str | None
    unless: re.Pattern[str]
    """Words that make a clause speak of something else."""


@dataclass(frozen=True)
class Vocabulary:
    """Everything that recognition knows beside the forms."""

    subjects: tuple[str, ...]
    kinds: tuple[str, ...]
    title_signs: frozenset[str]
    """Characters that stand in every title: those common to all subjects, and to all kinds."""
    title_prefix: re.Pattern[str]
    year_digits: dict[str, str]
    breadcrumb: re.Pattern[str]
    not_bodies: re.Pattern[str]
    not_reports: re.Pattern[str]
    title_suffixes: tuple[str, ...]
    body: re.Pattern[str]
    own_level: re.Pattern[str]
    area: re.Pattern[str]
    single_body: re.Pattern[str]
    dashes: frozenset[str]
    signs: dict[str, int]
    units: tuple[str, ...]
    measures: tuple[Measure, ...]
    comparing: re.Pattern[str]
    narrative_units: tuple[str, ...]
    disclosing: tuple[str, ...]
    not_disclosing: tuple[str, ...]
    total: tuple[str, ...]
    items: tuple[str, ...]
    breakdown: tuple[str, ...]
    named_bodies: tuple[str, ...]
    not_in_names: str


@cache
def vocabulary() -> Vocabulary:
    """Load the vocabulary."""
    data = yaml.safe_load((files("nianbao.reports") / "vocabulary.yaml").read_text("utf-8"))
    title, scope, values = data["title"], data["scope"], data["values"]
    narrative = data["narrative"]
    return Vocabulary(
        subjects=tuple(title["subject"]),
        kinds=tuple(title["kind"]),
        title_signs=_common(title["subject"]) | _common(title["kind"]),
        title_prefix=re.compile("^(?:" + "|".join(title["prefixes"]) + ")+"),
        year_digits=title["year_digits"],
        breadcrumb=_any(title["breadcrumb"]),
        not_bodies=_any(title["not_bodies"]),
        not_reports=_any(title["not_reports"]),
        title_suffixes=tuple(title["suffixes"]),
        body=re.compile(r"[\w（）、·]{1,40}(?:" + "|".join(title["body_endings"]) + ")"),
        own_level=_any(scope["own_level"]),
        area=_any(scope["area"]),
        single_body=_any(scope["agency"]),
        dashes=frozenset(values["dash"]),
        signs=values["signs"],
        units=tuple(values["units"]),
        measures=tuple(_measure(item, narrative["units"]) for item in narrative["measures"]),
        comparing=_any(narrative["comparing"]),
        narrative_units=tuple(narrative["units"]),
        disclosing=tuple(narrative["disclosing"]),
        not_disclosing=tuple(narrative["not_disclosing"]),
        total=tuple(narrative["total"]),
        items=tuple(narrative["items"]),
        breakdown=tuple(narrative["breakdown"]),
        named_bodies=tuple(narrative["named_bodies"]),
        not_in_names=narrative["not_in_names"],
    )


def _common(words: list[str]) -> frozenset[str]:
    """Return the characters that stand in all of some words."""
    return frozenset.intersection(*map(frozenset, words))


_NEVER = r"(?!)"


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _measure(item: dict[str, Any], units: list[str]) -> Measure:
    value = item.get("value")
    return Measure(
        name=item["measure"],
        about=tuple(item["about"]),
        patterns=tuple(_compiled(pattern, units) for pattern in item["patterns"]),
        value=None if value is None else Decimal(value),
        unit=item.get("unit"),
        unless=_any(item.get("unless", [_NEVER])),
    )


def _compiled(pattern: str, units: list[str]) -> re.Pattern[str]:
    """Return a pattern of the narrative with its placeholders filled in."""
    stretch = r"[^。；，,\d〇零一二三四五六七八九十百千]{0,30}?"
    parts = {"{n}": f"(?P<n>{PATTERN})", "{u}": rf"\s*(?P<u>{'|'.join(units)})", "{x}": stretch}
    for placeholder, expression in parts.items():
        pattern = pattern.replace(placeholder, expression)
    return re.compile(pattern)
