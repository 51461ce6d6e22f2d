"""The cells of a table's row from its mark-up, as long as that is plain; most rows of most pages are.

The parser writes mark-up in one form only: names in small letters, values in double quotes, `<` in a text
as `&lt;`. A row whose cells repeat the same mark-up is then read many times as fast as node by node.
Whatever is not exactly of that form (a comment, a bracket in a value, a drawing) is left to the nodes.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from nianbao.documents.html.cell_text import around, joined
from nianbao.documents.html.hidden import SILENT
from nianbao.documents.html.pages import PAGES
from nianbao.documents.html.shown import is_shown, marked

_ATTRIBUTES = r'((?: [^\s=<>"/]+(?:="[^"<>]*")?)*)'
_CELL = re.compile(rf"\s*<(t[dh]){_ATTRIBUTES}")
_TAG = re.compile(rf"<(/?)([a-z][^\s=<>\"/]*){_ATTRIBUTES}>")
_WRAPPED = re.compile(r"((?:\s*<[^<>]*>)*)([^<>]*)((?:<[^<>]*>\s*)*)")
"""One text with tags before and behind it; most cells are, each number of a page in the same tags."""
_ATTRIBUTE = re.compile(r' ([^\s=<>"/]+)(?:="([^"<>]*)")?')
_ESCAPED = {"&nbsp;": "\xa0", "&quot;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&"}
_NOT_PLAIN = SILENT.union(PAGES["not_plain"])
_VOID = frozenset(PAGES["void"])
_MOST_CACHED = 400
"""Characters of a cell's mark-up; longer ones hardly repeat, and would fill the memory."""

_MOST_COLUMNS = 200
"""A wider span is a typing error; believing it would make a grid of millions of squares."""

Attributes = dict[str, str | None]

_MOST_WRAPPING = 1000
"""Characters of the tags around a cell's text, for the same reason."""


Drawing = tuple[str, int, int]
"""How a cell is drawn: its tag, the rows it asks for (0 for all that are left), and its columns."""
Drawn = tuple[Drawing, str]
"""A cell with its text."""


def drawing(tag: str, attributes: Attributes) -> Drawing:
    """Return how a cell is drawn; a span that can't be read counts as one, and so does `colspan=0`."""
    down, across = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
    return tag, down, min(across or 1, _MOST_COLUMNS)


def _span(printed: str | None) -> int:
    digits = printed.strip().rstrip("%") if printed else ""
    return int(digits) if digits.isdecimal() else 1


def plain_cells(markup: str) -> list[Drawn] | None:
    """Return the cells of a row from what stands inside it, which is nothing else.

    `None` where the row is not plain. A row cut in the wrong place, as by an end tag that stands in a
    comment, leaves pieces that are not.
    """
    *pieces, rest = markup.replace("</th>", "</td>").split("</td>")
    if rest and not rest.isspace():
        return None
    cells = []
    for piece in pieces:
        start, _, content = piece.partition(">")
        drawn = _drawing(start)
        text = content if content.isascii() and content.isalnum() else _text(content)
        if drawn is None or text is None:
            return None
        cells.append((drawn, text))
    return cells


@lru_cache(maxsize=1024)  # the same few in every row of a page
def _drawing(markup: str) -> Drawing | None:
    """Return how a cell is drawn from its own tag, given without the bracket at its end."""
    found = _CELL.fullmatch(markup)
    return drawing(found[1], _attributes(found[2])) if found else None


def _text(content: str) -> str | None:
    """Return the text of a cell from its mark-up, as the nodes would give it; `None` if not plain."""
    return _known(content) if len(content) <= _MOST_CACHED else _read(content)


def _attributes(markup: str) -> Attributes:
    return {name: _unescaped(value) for name, value in _ATTRIBUTE.findall(markup)}


def _unescaped(text: str) -> str:
    if "&" in text:
        for escaped, sign in _ESCAPED.items():
            text = text.replace(escaped, sign)
    return text


def _read(content: str) -> str | None:
    if "<" not in content:
        return joined(_unescaped(content))
    found = _WRAPPED.fullmatch(content)
    if found is None or len(content) - len(found[2]) > _MOST_WRAPPING:
        text = _Text()
        text.read(content)
        return text.whole()
    wrap = _wrap(found[1], found[3])
    return wrap and wrap.around(_unescaped(found[2]))


_known = lru_cache(maxsize=8192)(_read)
"""Most other cells print a label that all reports have."""


class _Wrap(NamedTuple):
    """What tags bring before and behind the one text of a cell."""

    before: str
    behind: str
    shows: bool

    def around(self, text: str) -> str:
        whole = joined(f"{self.before}{text}{self.behind}")
        return marked(whole) if self.shows else whole


@lru_cache(maxsize=2048)  # the same few around all the numbers of a page
def _wrap(opening: str, closing: str) -> _Wrap | None:
    """Return what the tags around a text bring; `None` where they are not plain."""
    text = _Text()
    text.read(opening)
    before = "".join(text.pieces)
    text.pieces.clear()
    text.read(closing)
    return _Wrap(before, "".join(text.pieces), text.shows) if text.is_whole else None


@dataclass(slots=True)
class _Text:
    """The text of a cell, put together from left to right."""

    pieces: list[str] = field(default_factory=list)
    open_tags: list[tuple[str, str]] = field(default_factory=list)
    """Each with the text that its end brings."""
    is_plain: bool = True
    shows: bool = False

    @property
    def is_whole(self) -> bool:
        return self.is_plain and not self.open_tags

    def read(self, markup: str) -> None:
        end = 0
        for found in _TAG.finditer(markup):
            self.add(markup[end : found.start()])
            end = found.end()
            if found[1]:
                self.close(found[2])
            else:
                self.open(found[2], _attributes(found[3]))
        self.add(markup[end:])

    def add(self, markup: str) -> None:
        self.is_plain = self.is_plain and "<" not in markup
        self.pieces.append(_unescaped(markup))

    def open(self, tag: str, attributes: Attributes) -> None:
        self.is_plain = self.is_plain and tag not in _NOT_PLAIN
        self.shows = self.shows or is_shown(tag, attributes)
        before, after = around(tag, attributes)
        self.pieces.append(before)
        if tag in _VOID:
            self.pieces.append(after)
        else:
            self.open_tags.append((tag, after))

    def close(self, tag: str) -> None:
        name, after = self.open_tags.pop() if self.open_tags else ("", "")
        self.is_plain = self.is_plain and name == tag
        self.pieces.append(after)

    def whole(self) -> str | None:
        if not self.is_whole:
            return None
        text = joined("".join(self.pieces))
        return marked(text) if self.shows else text
