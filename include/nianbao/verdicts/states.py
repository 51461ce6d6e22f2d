"""The states of an item as data: words, transitions, and what a build decides by itself."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

OPEN = "open"


@cache
def _data() -> dict[str, Any]:
    text = (files("nianbao.verdicts") / "states.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def states() -> tuple[str, ...]:
    """Return the names of all states, in the order of the life of an item."""
    return tuple(_data()["states"])


def title(state: str) -> str:
    """Return a state's word in Chinese."""
    return str(_data()["states"][state]["zh"])


def may_follow(before: str, after: str) -> bool:
    """Tell whether a person may lead an item from one state into another."""
    return after in _data()["states"][before]["to"]


def followers(state: str) -> tuple[str, ...]:
    """Return the states that a person may lead an item into."""
    return tuple(_data()["states"][state]["to"])


def needs_reason(state: str) -> bool:
    """Tell whether a person has to say why."""
    return bool(_data()["states"][state].get("needs_reason", False))


@cache
def _words() -> Mapping[str, str]:
    entries = _data()["states"].items()
    return {name: name for name in states()} | {
        word: name for name, entry in entries for word in entry["words"]
    }


def state_of(word: str) -> str | None:
    """Return the state that a word stands for, in Chinese or by its name; `None` for any other."""
    return _words().get("".join(word.split()).lower())


def choices() -> tuple[str, ...]:
    """Return the words that a work-list offers."""
    return tuple(title(state) for state in (*states()[1:], OPEN))


def automatic(name: str, **facts: object) -> tuple[str, str]:
    """Return the state that a build gives, and the reason in both languages."""
    entry = _data()["automatic"][name]
    return str(entry["state"]), f"{entry['zh'].format(**facts)} / {entry['en'].format(**facts)}"
