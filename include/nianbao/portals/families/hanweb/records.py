"""Records of a data store: small pieces of HTML, often torn, each with a link, a title and a date."""

import re

from nianbao.portals.families.rows import Row, best_row

_RECORD = re.compile(r"<record>(.*?)</record>", re.DOTALL | re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
# An older build answers with a script that fills an array of strings instead of with XML.
_SCRIPT_STORE = re.compile(r"dataStore\s*=\s*\[(.*)\]", re.DOTALL)
_SCRIPT_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)


def read_records(text: str, page_url: str) -> list[Row]:
    """Return the records of a data store: XML with CDATA, or the script of an older build."""
    pieces = [_CDATA.sub("", piece) for piece in _RECORD.findall(text)]
    if not pieces and (store := _SCRIPT_STORE.search(text)):
        pieces = [_unescape(one or two) for one, two in _SCRIPT_STRING.findall(store.group(1))]
    return [row for piece in pieces if (row := best_row(piece, page_url))]


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)
