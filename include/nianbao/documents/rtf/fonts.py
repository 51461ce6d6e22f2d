"""Bytes of rich text to characters: the code page of the file, and the character set of each font."""

import codecs
import re
from functools import lru_cache

_FONT = re.compile(rb"\\f([0-9]{1,6})\b|\\fcharset([0-9]{1,3})")
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
}
"""Character sets of fonts that settle the encoding; 0 and 1 say nothing."""
_PAGES = {936: "gb18030", 65001: "utf-8", 10000: "mac_roman"}
_WESTERN = "cp1252"


def fonts_of(table: bytes) -> dict[int, str]:
    """Return the codec of each font in a font table that has one of its own."""
    found: dict[int, str] = {}
    number = 0
    for font, charset in _FONT.findall(table):
        if font:
            number = int(font)
        elif int(charset) in _CHARSETS:
            found[number] = _CHARSETS[int(charset)]
    return found


@lru_cache(maxsize=64)
def codec_of_page(page: int) -> str:
    """Return the codec of a Windows code page; the western one where it is unknown."""
    name = _PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return _WESTERN


def decoded(raw: bytes, codec: str, page: str) -> str:
    """Return the characters of some bytes: by the font, by the file's code page, or as Chinese.

    Many files name western fonts for Chinese text, so the first encoding that fits is taken.
    """
    if raw.isascii():
        return raw.decode("ascii")
    for name in (codec, page if page != _WESTERN else "", "gb18030", page):
        if name:
            try:
                return raw.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return raw.decode(_WESTERN, "replace")
