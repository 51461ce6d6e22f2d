"""What a printed cell says, read in the plainest way: for the oracle, apart from the readers."""

import re
import unicodedata
from decimal import Decimal

Number = Decimal | None

_NUMBER = re.compile(r"([减-]?)(?:增|\+)?(\d+(?:\.\d+)?)(.*)")
_DASHES = {"", "/", "-", "—", "——", "无"}


def number_of(raw: str) -> Number:
    """Return the number that a cell prints; `None` for a blank, a dash or words."""
    found = _NUMBER.match(_plain(raw))
    if not found:
        return None
    return -Decimal(found[2]) if found[1] else Decimal(found[2])


def unit_of(raw: str) -> str | None:
    """Return the unit printed behind the number, if any."""
    found = _NUMBER.match(_plain(raw))
    return (found[3].strip() or None) if found else None


def is_words(raw: str) -> bool:
    """Tell whether a cell prints something that is neither a number nor a stroke."""
    return number_of(raw) is None and _plain(raw) not in _DASHES


def _plain(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).strip().replace(",", "")
