"""Applicants' names and addresses in texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

_SENTENCE = re.compile(r"[^。！？\n]+")


@dataclass(frozen=True)
class PersonalWords:
    """A name or an address in a text: its first and last place."""

    kind: Literal["name", "address"]
    start: int
    end: int


def personal_words(text: str) -> Iterator[PersonalWords]:
    """Yield every applicant's full name and address of a text."""
    if not _candidate().search(text):
        return
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        for kind, pattern in _patterns():
            for found in pattern.finditer(words):
                if not _unless().search(words[: found.start(kind)]):
                    at = sentence.start()
                    yield PersonalWords(kind, at + found.start(kind), at + found.end(kind))


def mask_people(text: str) -> str:
    """Return a text of the same length with all but the first character of each masked."""
    hidden = {
        place for words in personal_words(text) for place in range(words.start + 1, words.end)
    }
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


@cache
def candidate() -> str:
    """Return a pattern that every text with an applicant in it fits; both RE2 and Python read it."""
    data = _data()
    return str(data["candidate"]).replace("{surnames}", data["surnames"])


@cache
def _candidate() -> re.Pattern[str]:
    return re.compile(candidate())


@cache
def _patterns() -> tuple[tuple[Literal["name", "address"], re.Pattern[str]], ...]:
    data = _data()
    names = [p.replace("{surnames}", data["surnames"]) for p in data["names"]]
    return (
        *(("name", re.compile(pattern)) for pattern in names),
        *(("address", re.compile(pattern)) for pattern in data["addresses"]),
    )


@cache
def _unless() -> re.Pattern[str]:
    return re.compile("|".join(_data()["unless"]))


@cache
def _data() -> dict[str, Any]:
    text = (files("nianbao.privacy") / "people.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
