"""Kind, theme and level of a body, by its name and its place."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from nianbao.warehouse.organisations.naming import canonical

_PACKAGE = files("nianbao.warehouse.organisations")
_OF_GOVERNMENT = re.compile("^(?:人民)?政府(?=.{3})")
_OWN_THEME = {"township", "subdistrict"}
"""Kinds that do everything: a word in their name (工业镇) says nothing."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What bodies are about."""

    code: str
    zh: str
    en: str
    words: tuple[str, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """Return the themes in the order of the file."""
    records = yaml.safe_load((_PACKAGE / "themes.yaml").read_text("utf-8"))
    return tuple(Theme(code, r["zh"], r["en"], tuple(r["words"])) for code, r in records.items())


@lru_cache(maxsize=65536)
def kind_of(core: str) -> str | None:
    """Return government, department, township, subdistrict or institution; `None` where untold."""
    for pattern, kind in _kinds():
        if pattern.search(core):
            return kind
    return None


@lru_cache(maxsize=65536)
def theme_of(core: str) -> str | None:
    """Return the theme whose word stands first in a name, the longest of several; or `None`."""
    kind = kind_of(core)
    if kind in _OWN_THEME:
        return kind
    if kind == "government":
        return "government"
    if _is_general_office(core):
        return "general_office"
    # 人民政府国有资产监督管理委员会: whose it is says nothing, and 民政 stands in the middle of it.
    core = _OF_GOVERNMENT.sub("", core)
    found = _theme_words().search(core) or _theme_words().search(canonical(core))
    return _theme_of_word()[found[0]] if found else None


def _is_general_office(core: str) -> bool:
    return any(word in core for word in _by_code()["general_office"].words)


def level_of(core: str, kind: str | None, code: str | None) -> str | None:
    """Return central, province, prefecture, county or township; `None` where the place is unknown.

    A code that is in no table still tells its level by its zeros.
    """
    if kind in _OWN_THEME:
        return "township"
    if code:
        if code.endswith("0000"):
            return "province"
        return "prefecture" if code.endswith("00") else "county"
    return "central" if _central().search(core) else None


@cache
def _central() -> re.Pattern[str]:
    return re.compile(yaml.safe_load((_PACKAGE / "central.yaml").read_text("utf-8"))["pattern"])


@cache
def _kinds() -> list[tuple[re.Pattern[str], str]]:
    rules: list[dict[str, Any]] = yaml.safe_load((_PACKAGE / "kinds.yaml").read_text("utf-8"))
    return [(re.compile(rule["pattern"]), rule["kind"]) for rule in rules]


@cache
def _by_code() -> dict[str, Theme]:
    return {theme.code: theme for theme in themes()}


@cache
def _theme_of_word() -> dict[str, str]:
    return {
        word: theme.code for theme in themes() if theme.code != "government" for word in theme.words
    }


@cache
def _theme_words() -> re.Pattern[str]:
    """Return all words, longer ones first: the leftmost match is then the longest there."""
    words = sorted(_theme_of_word(), key=lambda word: (-len(word), word))
    return re.compile("|".join(words))
