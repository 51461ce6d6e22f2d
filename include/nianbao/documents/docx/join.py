"""The pieces of a paragraph as one text in which no digit stands beside one it doesn't belong to.

A piece is put in square brackets where it might be taken for part of the number next to it: a mark
always (`5[2]`), a tracked change or a raised run only where it cuts a number in two (`1[2]`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["plain", "mark", "inserted", "raised", "deleted", "hidden"]

_NUMERALS = r"\d〇零一二三四五六七八九十百千万亿"
_ENDS = re.compile(rf"[{_NUMERALS}+\-－−][.,．，]?\Z")
_BEGINS = re.compile(rf"[.,．，]?[{_NUMERALS}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one kind; `deleted` and `hidden` are not printed."""

    kind: Kind
    text: str


def join(pieces: Iterable[Piece]) -> str:
    """Return the text as printed, with brackets around what is doubtful."""
    merged = [
        Piece(kind, "".join(piece.text for piece in run))
        for kind, run in groupby(
            (piece for piece in pieces if piece.text), key=lambda piece: piece.kind
        )
    ]
    if len(merged) == 1 and merged[0].kind == "plain":
        return merged[0].text
    return "".join(_shown(merged, index) for index in range(len(merged)))


def _shown(pieces: Sequence[Piece], index: int) -> str:
    piece = pieces[index]
    if piece.kind == "plain":
        return piece.text
    is_printed = piece.kind not in ("deleted", "hidden")
    if _is_doubtful(piece, _printed(pieces[:index][::-1]), _printed(pieces[index + 1 :])):
        return f"[{piece.text}]"
    return piece.text if is_printed else ""


def _printed(pieces: Iterable[Piece]) -> Piece:
    """Return the nearest piece that is printed."""
    shown = (piece for piece in pieces if piece.kind not in ("deleted", "hidden"))
    return next(shown, Piece("plain", ""))


def _is_doubtful(piece: Piece, before: Piece, after: Piece) -> bool:
    if piece.kind == "mark":
        return bool(piece.text.strip())
    ends, begins = _ENDS.search(before.text), _BEGINS.match(after.text)
    if piece.kind in ("deleted", "hidden") and ends and begins:
        return True
    # A number that was replaced as a whole, deletion beside insertion, is no doubt.
    left = ends and _BEGINS.match(piece.text) and _stays(piece, before)
    right = begins and _ENDS.search(piece.text) and _stays(piece, after)
    return piece.kind != "hidden" and bool(left or right)


def _stays(piece: Piece, neighbour: Piece) -> bool:
    return piece.kind != "deleted" or neighbour.kind != "inserted"
