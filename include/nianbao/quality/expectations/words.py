"""The Chinese and English words of the pages, read from `assets/words.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nianbao.forms import load_forms
from nianbao.quality.rule import load_themes

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
    """Return the groups of words: `suites`, `severities`, `scopes`, `columns`.

    A suite of checks is called by its theme and its form.
    """
    groups: dict[str, Any] = yaml.safe_load((ASSETS / "words.yaml").read_text("utf-8"))
    found = {
        group: {key: Word(**word) for key, word in entries.items()}
        for group, entries in groups.items()
    }
    suites, note = found["suites"], found["notes"]["report_checks"]
    for theme, title in load_themes().items():
        for form in (*load_forms(), "none"):
            kind = found["forms"].get(form, Word(f"{form} 年表样", f"form of {form}"))
            suites[f"{theme}_{form}"] = Word(f"{title.zh}（{kind.zh}）", f"{title.en} ({kind.en})")
            found["notes"][f"{theme}_{form}"] = note
    return found


def word(group: str, key: str) -> Word:
    """Return a word; one that is not in the file stands for itself."""
    return words()[group].get(key, Word(key, ""))
