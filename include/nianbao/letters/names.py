"""Names of files that an officer expects and every system takes."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+')
_LONGEST = 60
"""Characters of the part that names a body: at three bytes each they fit every file system."""


def safe_name(text: str) -> str:
    """Return a text as part of a file's name; one that is cut ends with a hash of the whole."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text))
    name = re.sub(r"\s+", "_", name).strip("._ ")
    if len(name) > _LONGEST or len(name.encode()) > 3 * _LONGEST:
        name = f"{_cut(name)}-{_hash(text)}"
    return name or _hash(text)


def safe_names(named: Mapping[str, str]) -> dict[str, str]:
    """Return a part of a file's name for each id; ids of one name are told apart by a hash."""
    safe = {one: safe_name(name) for one, name in named.items()}
    often = Counter(name.casefold() for name in safe.values())
    return {
        one: f"{name}-{_hash(one)}" if often[name.casefold()] > 1 else name
        for one, name in safe.items()
    }


def _cut(name: str) -> str:
    while len(name) > _LONGEST - 9 or len(name.encode()) > 3 * (_LONGEST - 9):
        name = name[:-1]
    return name


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
