"""How many records an `.xls` file has its reader go through, counted before it does.

xlrd takes a hundredth of a millisecond and half a kilobyte for each, as often as a sheet names it.
"""

import io
import struct
from collections.abc import Iterator

from xlrd.compdoc import SIGNATURE, CompDoc

from nianbao.errors import ReadError

MOST_RECORDS = 250_000
"""Cells above all: far more than any report, and read within seconds."""
_BEGINS = frozenset([0x0809, 0x0409, 0x0209, 0x0009])
_END, _SHEET, _NUMBERS, _BLANKS = 0x000A, 0x0085, 0x00BD, 0x00BE
_HEAD = struct.Struct("<HH")
_SIZES = {_NUMBERS: 6, _BLANKS: 2}
"""Bytes for each cell in records that hold many."""


def refuse_crowds(data: bytes) -> None:
    """Raise `ReadError("over_limit")` for more records than can be read soon.

    What is damaged raises what xlrd does, or nothing: reading it will tell.
    """
    memory, base = data, 0
    if data.startswith(SIGNATURE):
        memory, base = _stream(data)
    counted = 0
    starts = [base]
    for start in starts:
        for code, place, cells in _records(memory, start):
            if code == _SHEET and start == base and place + 4 <= len(memory):
                starts.append(base + int.from_bytes(memory[place : place + 4], "little"))
            counted += cells
            if counted > MOST_RECORDS:
                raise ReadError("over_limit", f"a workbook of more than {MOST_RECORDS} records")


def _stream(data: bytes) -> tuple[bytes, int]:
    package = CompDoc(data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        memory, base, _ = package.locate_named_stream(name)
        if memory:
            return bytes(memory), int(base)
    return b"", 0


def _records(memory: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Yield code, place of the content and weight of each record, to the end of what begins there."""
    depth, place = 0, start
    while place + _HEAD.size <= len(memory):
        code, size = _HEAD.unpack_from(memory, place)
        place += _HEAD.size
        yield code, place, 1 + size // _SIZES.get(code, size + 1)
        place += size
        depth += (code in _BEGINS) - (code == _END)
        if depth <= 0:
            return
