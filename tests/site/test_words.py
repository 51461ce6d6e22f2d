"""The site says everything in both languages."""

import re
from pathlib import Path

import pytest

from nianbao.site.words import raw_words, words_of

SITE = Path(__file__).resolve().parents[2] / "include" / "nianbao" / "site"
WORDS = [
    (f"{group}.{key}", word) for group, keys in raw_words().items() for key, word in keys.items()
]
SLOT = re.compile(r"\{(\w+)\}")


@pytest.mark.parametrize(("key", "word"), WORDS, ids=[key for key, _ in WORDS])
def test_a_word_has_both_languages_and_the_same_slots(key: str, word: dict[str, str]) -> None:
    assert set(word) == {"zh", "en"}
    assert all(text.strip() for text in word.values())
    assert set(SLOT.findall(word["zh"])) == set(SLOT.findall(word["en"])), key


def test_every_word_that_a_template_names_is_there() -> None:
    known = words_of("en").entries
    named = {
        key
        for path in (SITE / "templates").glob("*.html")
        for key in re.findall(r'w\(["\']([a-z_.]+)["\'][,)]', path.read_text("utf-8"))
    }
    assert named
    assert named <= set(known)


def test_a_value_without_a_word_stands_for_itself() -> None:
    assert words_of("zh").name("kind", "department") == "部门"
    assert words_of("zh").name("kind", "something_new") == "something_new"
    assert words_of("en").name("level", None) == "level unknown"
