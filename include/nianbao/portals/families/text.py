"""Text as list pages carry it: bytes of an uncertain encoding, dates in many dresses."""

import re
import unicodedata
from datetime import date

from bs4 import BeautifulSoup

_DATE = re.compile(r"(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_PROLOG = re.compile(r"^\s*<\?xml[^>]*>?")
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")


def decode(body: bytes) -> str:
    """Return a list page's text.

    Declared encodings are often wrong, but Chinese text in another encoding is hardly ever valid
    UTF-8; what isn't UTF-8 is GB18030, which contains GBK and GB2312.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", errors="replace")


def tree_of(text: str) -> BeautifulSoup:
    """Return a page, or a piece of one, as a tree; lxml takes debris such as `<li style=<br/>`.

    A strict XML parser would stop at it, so that even what calls itself XML is read as HTML.
    """
    return BeautifulSoup(_PROLOG.sub("", text) if "<" in text else "", "lxml")


def tidy(text: str) -> str:
    """Return text with runs of white space as one space and invisible characters gone."""
    return " ".join(_INVISIBLE.sub("", text).split())


def iso_date(text: str) -> str | None:
    """Return the first date in a text, whose parts may stand apart, as an ISO date."""
    found = _DATE.search(unicodedata.normalize("NFKC", text))
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None
