"""Labels and titles made comparable; the printed text itself is never altered."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]+")
_PUNCTUATION = str.maketrans("“”‘’「」『』", '""' + "''" + '""""')
_BRACKETS = str.maketrans("()[]:;,!?", "（）［］：；，！？")


def squeeze(text: str) -> str:
    """Return a text without any white space or invisible characters, in compatibility form (NFKC)."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def trim(text: str) -> str:
    """Return a text without white space and invisible characters at its ends; the inside stays."""
    start = _INVISIBLE.match(text)
    text = text[start.end() :] if start else text
    while text and _INVISIBLE.fullmatch(text[-1]):
        text = text[:-1]
    return text


@lru_cache(maxsize=4096)  # reports repeat the same few hundred labels for ever
def label_key(text: str) -> str:
    """Return a label for comparison: white space, width and the kind of quotes don't matter."""
    if text.isascii() and text.isalnum():  # a number, as most texts of a table are
        return text
    return squeeze(text).translate(_PUNCTUATION).translate(_BRACKETS)


_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十]+[、.．，]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．])"
)


@lru_cache(maxsize=4096)
def without_ordinal(key: str) -> str:
    """Return a label without its leading ordinal: `1.`, `（三）`, `四、`."""
    return _ORDINAL.sub("", key, count=1)


@lru_cache(maxsize=4096)
def level_of(key: str) -> str:
    """Return what kind of ordinal a comparable label begins with: `一`, `（一` or `1`; empty for none."""
    found = _ORDINAL.match(key)
    if not found:
        return ""
    bracket = "（" if found[0][0] in "（(" else ""
    return bracket + ("1" if re.search(r"\d", found[0]) else "一")


_CHINESE_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


def ordinal_of(text: str) -> int | None:
    """Return the number of a top-level heading (`四、` and `4、` alike), or `None`.

    `（四）` opens a sub-head and is not a top-level ordinal.
    """
    found = re.match(r"^第?([一二三四五六七八九十]+|\d{1,2})[、.．](?!\d)", squeeze(text))
    if not found:
        return None
    digits = found[1]
    return int(digits) if digits.isdecimal() else _from_chinese(digits)


def _from_chinese(digits: str) -> int | None:
    tens, ten, units = digits.rpartition("十")
    if not ten:
        return _CHINESE_DIGITS.get(digits)
    return (_CHINESE_DIGITS.get(tens, 1)) * 10 + _CHINESE_DIGITS.get(units, 0)
