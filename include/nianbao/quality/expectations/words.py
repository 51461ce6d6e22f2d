"""The Chinese and English words of the pages, read from `assets/words.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ASSETS = Path(__file__).parent / "assets"


@dataclass(frozen=True)
class Word:
    """One thing said in both languages."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Both, Chinese first."""
        return f"{self.zh} {self.en}"


@cache
def words() -> dict[str, dict[str, Word]]:
    """Return the groups of words: `suites`, `severities`, `scopes`, `columns`."""
    groups: dict[str, Any] = yaml.safe_load((ASSETS / "words.yaml").read_text("utf-8"))
    return {
        group: {key: Word(**word) for key, word in entries.items()}
        for group, entries in groups.items()
    }


def word(group: str, key: str) -> Word:
    """Return a word; one that is not in the file stands for itself."""
    return words()[group].get(key, Word(key, ""))
