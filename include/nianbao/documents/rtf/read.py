"""Rich Text Format by our own reader: no converter needed, and automatic numbers as they were printed.

Follows the RTF specification 1.9.1. What is hidden or deleted is left out; raised, lowered and
struck-out text stands in brackets, so that it runs together with no number.
"""

import re
from dataclasses import replace

from nianbao.documents.docx.join import Piece
from nianbao.documents.rtf.body import Body
from nianbao.documents.rtf.fonts import codec_of_page, decoded, fonts_of
from nianbao.documents.rtf.rows import RowShape
from nianbao.documents.rtf.state import CHANGES, State
from nianbao.errors import ReadError
from nianbao.model import Document

_MOST_BYTES = 60_000_000
_DEEPEST = 1_000
_TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?[0-9]{1,40})? ?"
    rb"|\\'([0-9A-Fa-f]{2})"
    rb"|\\([^A-Za-z'])"
    rb"|([{}])"
    rb"|([^\\{}\r\n\0]+)"
    rb"|.",
    re.DOTALL,
)
_BRACES = re.compile(rb"\\bin([0-9]{1,40}) ?|\\[^b]|[{}]", re.DOTALL)
_DESTINATION = re.compile(rb"\s*(\\\*)?\s*\\([A-Za-z]+)")
_ENTERED = frozenset(["nesttableprops", "shpinst", "shptxt", "ud"])
"""Destinations behind a star that hold text or table rows; all others are left out."""
_LEFT_OUT = frozenset(
    [
        *("aftnsep", "aftnsepc", "annotation", "bkmkend", "bkmkstart", "colortbl", "do", "filetbl"),
        *("fldinst", "footer", "footerf", "footerl", "footerr", "footnote", "ftnsep", "ftnsepc"),
        *(
            "header",
            "headerf",
            "headerl",
            "headerr",
            "info",
            "listtable",
            "nonesttables",
            "objclass",
        ),
        *("objdata", "objname", "pict", "rxe", "shprslt", "sp", "stylesheet", "tc"),
        *("xe"),
    ]
)
_BREAKS = frozenset(["par", "sect", "page", "column"])
_CHARACTERS = {
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "line": "\n",
    "lbr": "\n",
}
_SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_SURROGATES = range(0xD800, 0xE000)


def read_rtf(data: bytes) -> Document:
    """Read a rich text file.

    Raises `ReadError` with the code `damaged` where it is cut off or no rich text, or `over_limit`.
    """
    if len(data) > _MOST_BYTES:
        raise ReadError("over_limit", f"the file has more than {_MOST_BYTES} bytes")
    reader = _Reader(data)
    reader.read()
    return Document(reader.body.blocks(), reader="rtf")


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = max(data.find(b"{\\rtf"), 0)
        self.body = Body()
        self._state = State()
        self._stack: list[State] = []
        self._fonts: dict[int, str] = {}
        self._page = codec_of_page(1252)
        self._raw = bytearray()
        self._to_skip = 0
        self._shape = RowShape()
        self._nested_shape = RowShape()
        self._notes = 0
        self._surrogate = 0

    def read(self) -> None:
        """Read to the end of the outermost group."""
        while self.at < len(self.data):
            token = _TOKEN.match(self.data, self.at)
            if token is None:
                break
            self.at = token.end()
            word, number, code, symbol, brace, text = token.groups()
            if text or code:
                self._add_bytes(text or bytes([int(code, 16)]))
                continue
            if not (word or symbol or brace):
                continue
            self._flush()
            if word:
                self._word(word.decode("ascii"), int(number) if number else None)
            elif symbol:
                self._symbol(symbol)
            elif brace == b"{":
                self._open()
            elif self._close():
                return
        raise ReadError("damaged", "the rich text is cut off")

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise ReadError("over_limit", "groups nested deeper than in any report")
        self._to_skip = 0
        found = _DESTINATION.match(self.data, self.at)
        name = found[2].decode("ascii") if found else ""
        starred = found is not None and found[1] is not None
        if name == "fonttbl":
            start = self.at
            self._skip_group()
            self._fonts = fonts_of(self.data[start : self.at])
        elif name in _LEFT_OUT or (starred and name not in _ENTERED):
            self._skip_group()
        else:
            self._stack.append(self._state)

    def _close(self) -> bool:
        """Leave a group; true where it was the outermost one."""
        self._to_skip = 0
        if not self._stack:
            raise ReadError("damaged", "a group of the rich text ends that never began")
        self._state = self._stack.pop()
        return not self._stack

    def _skip_group(self) -> None:
        """Go behind the group just opened; binary data in it may hold any byte."""
        depth = 1
        while depth:
            found = _BRACES.search(self.data, self.at)
            if found is None:
                raise ReadError("damaged", "the rich text is cut off")
            self.at = found.end() + int(found[1] or 0)
            depth += (found[0] == b"{") - (found[0] == b"}")

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word in CHANGES:
            self._state = CHANGES[word](self._state, number)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == "tab":
            self._add("" if self._state.in_number else "\t")
        elif word in _BREAKS:
            self.body.end_paragraph(self._state.level)
        elif word == "f":
            self._state = replace(self._state, codec=self._fonts.get(number or 0, ""))
        elif word == "ansicpg":
            self._page = codec_of_page(number or 0)
        elif word == "bin":
            self.at += max(number or 0, 0)
        elif word == "chftn":
            self._notes += 1
            self.body.add(Piece("mark", str(self._notes)))
        else:
            self._table_word(word, number)

    def _table_word(self, word: str, number: int | None) -> None:
        inner = max(self._state.level, 2)
        match word:
            case "cell":
                self.body.end_cell(1)
            case "nestcell":
                self.body.end_cell(inner)
            case "row":
                self.body.end_row(1, self._shape.copy())
            case "nestrow":
                self.body.end_row(inner, self._nested_shape.copy())
            case _:
                shape = self._nested_shape if self._state.nested_row else self._shape
                _define(shape, word, number or 0)

    def _symbol(self, symbol: bytes) -> None:
        if symbol in _SYMBOLS:
            self._add(_SYMBOLS[symbol])
        elif symbol in (b"\r", b"\n"):
            self.body.end_paragraph(self._state.level)
        elif symbol == b"\t":
            self._add("\t")

    def _add_bytes(self, raw: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        self._raw += raw

    def _flush(self) -> None:
        if self._raw:
            self._add(decoded(bytes(self._raw), self._state.codec, self._page))
            self._raw.clear()

    def _unicode(self, code: int) -> None:
        """Add a character by its number; those beyond 16 bits come as two halves."""
        first_low = 0xDC00
        if code in _SURROGATES:
            if code < first_low:
                self._surrogate = code
            elif self._surrogate:
                self._add(chr(0x10000 + ((self._surrogate & 0x3FF) << 10) + (code & 0x3FF)))
                self._surrogate = 0
        else:
            self._add(chr(code))
        self._to_skip = self._state.fallback

    def _add(self, text: str) -> None:
        if text:
            self.body.add(Piece(self._state.kind, text))


def _define(shape: RowShape, word: str, number: int) -> None:
    """Take a control word into the definition of a row."""
    match word:
        case "trowd":
            shape.clear()
        case "trleft":
            shape.left = number
        case "cellx":
            shape.end_cell(number)
        case "clvmgf" | "clvmrg":
            shape.down = "first" if word == "clvmgf" else "more"
        case "clmgf" | "clmrg":
            shape.across = "first" if word == "clmgf" else "more"
