"""The words, fonts and measures of the letters, from `letters.yaml`, and texts made fit for a document."""

import re
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from nianbao import privacy

_NOT_IN_XML = re.compile(
    "[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2066-\u2069]+"
)
"""Control characters, which no XML holds, and those that turn the direction of what follows."""


@cache
def words() -> dict[str, Any]:
    """Return the words of the letters."""
    text = (files("nianbao.letters") / "letters.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def plain(text: str | None) -> str:
    """Return a text on one line, without what a document cannot hold."""
    return " ".join(_NOT_IN_XML.sub(" ", text or "").split())


def masked(text: str | None) -> str:
    """Return a text of a report on one line, with personal data masked."""
    return plain(privacy.masked(text)) if text else ""


def day_text(day: date | None) -> str:
    """Return a day in Chinese; empty where there is none."""
    return str(words()["day"]).format(day) if day else ""
