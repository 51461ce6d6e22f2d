"""The words of the site in both languages, read from `words.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: Language
    entries: Mapping[str, str]
    """By group and key: `coverage.title`."""

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in; an unknown key is a fault of ours."""
        text = self.entries[key]
        return text.format(**values) if values else text

    def name(self, group: str, key: str | None) -> str:
        """Return the word for a value of the data; one that has none stands for itself."""
        return self.entries.get(f"{group}.{key or 'unknown'}", key or "—")

    @property
    def code(self) -> str:
        """The language as browsers know it."""
        return "zh-CN" if self.language == "zh" else "en"


@cache
def words_of(language: Language) -> Words:
    """Return the words of a language."""
    entries = {
        f"{group}.{key}": word[language]
        for group, keys in raw_words().items()
        for key, word in keys.items()
    }
    return Words(language, entries)


def raw_words() -> dict[str, dict[str, dict[str, str]]]:
    """Return the file as it stands: group, key, language."""
    text = (files("nianbao.site") / "words.yaml").read_text("utf-8")
    words: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(text)
    return words
