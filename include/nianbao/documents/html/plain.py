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
_ATTRIBUTE = re.compile(r' ([^\s=<>"/]+)(?:="([^"<>]*)")?')
_ESCAPED = {"&nbsp;": "\xa0", "&quot;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&"}
_NOT_PLAIN = SILENT.union(PAGES["not_plain"])
_VOID = frozenset(PAGES["void"])
_MOST_CACHED = 400
"""Characters of a cell's mark-up; longer ones hardly repeat, and would fill the memory."""

Attributes = dict[str, str | None]


class Opening(NamedTuple):
    """A cell's own tag, and its spans as printed."""

    tag: str
    row_span: str | None
    column_span: str | None


def opening(tag: str, attributes: Attributes) -> Opening:
    """Return the tag of a cell."""
    return Opening(tag, attributes.get("rowspan"), attributes.get("colspan"))


def plain_cells(markup: str) -> list[tuple[int, Opening, str]] | None:
    """Return the cells of a row from what stands inside it: position from one, own tag, text.

    `None` where the row is not plain. A row cut in the wrong place, as by an end tag that stands in a
    comment, leaves pieces that are not.
    """
    *pieces, rest = markup.replace("</th>", "</td>").split("</td>")
    if rest and not rest.isspace():
        return None
    cells = []
    for position, piece in enumerate(pieces, start=1):
        cell = _known(piece) if len(piece) <= _MOST_CACHED else _cell(piece)
        if cell is None:
            return None
        cells.append((position, *cell))
    return cells


def _cell(markup: str) -> tuple[Opening, str] | None:
    """Return a cell's own tag and its text from its mark-up without the end tag; `None` if not plain."""
    start, _, content = markup.partition(">")
    tag = _opening(start)
    text = _read(content)
    return None if tag is None or text is None else (tag, text)


_known = lru_cache(maxsize=8192)(_cell)
"""Nearly all cells of a report print a small number, or a label that all reports have."""


@lru_cache(maxsize=1024)  # the same few in every row of a page
def _opening(markup: str) -> Opening | None:
    """Take a cell's own tag apart, given without the bracket at its end."""
    found = _CELL.fullmatch(markup)
    return opening(found[1], _attributes(found[2])) if found else None


def _attributes(markup: str) -> Attributes:
    return {name: _unescaped(value) for name, value in _ATTRIBUTE.findall(markup)}


def _unescaped(text: str) -> str:
    if "&" in text:
        for escaped, sign in _ESCAPED.items():
            text = text.replace(escaped, sign)
    return text


def _read(content: str) -> str | None:
    """Return the text of a cell from its mark-up, as the nodes would give it; `None` if not plain."""
    if "<" not in content:
        return joined(_unescaped(content))
    text = _Text()
    end = 0
    for found in _TAG.finditer(content):
        text.add(content[end : found.start()])
        end = found.end()
        if found[1]:
            text.close(found[2])
        else:
            text.open(found[2], _attributes(found[3]))
    text.add(content[end:])
    return text.whole()


@dataclass(slots=True)
class _Text:
    """The text of a cell, put together from left to right."""

    pieces: list[str] = field(default_factory=list)
    open_tags: list[tuple[str, str]] = field(default_factory=list)
    """Each with the text that its end brings."""
    is_plain: bool = True
    shows: bool = False

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
        if not self.is_plain or self.open_tags:
            return None
        text = joined("".join(self.pieces))
        return marked(text) if self.shows else text
