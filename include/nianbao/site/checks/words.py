"""The words of the expectation reports: those of the public site, and their own before them."""

from functools import cache
from importlib.resources import files

import yaml

from nianbao.site.words import Language, Words, words_of

_Raw = dict[str, dict[str, dict[str, str]]]


@cache
def check_words(language: Language) -> Words:
    """Return the words of a language."""
    own = {
        f"{group}.{key}": word[language]
        for group, keys in own_words().items()
        for key, word in keys.items()
    }
    return Words(language, {**words_of(language).entries, **own})


def own_words() -> _Raw:
    """Return the file as it stands: group, key, language."""
    words: _Raw = yaml.safe_load((files("nianbao.site.checks") / "words.yaml").read_text("utf-8"))
    return words
