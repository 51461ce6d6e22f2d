"""The cells of one sheet as they are shown: merged ones as one, hidden rows and columns left out."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nianbao.errors import ReadError

MOST_SQUARES = 400_000
"""Of one workbook that hold something, far more than any report and little enough for a grid."""

Square = tuple[int, int]
Range = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass
class Sheet:
    """What a sheet shows, by square, before anything is hidden or put together."""

    name: str = ""
    texts: dict[Square, str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


class Room:
    """How many squares more a workbook may fill: its sheets share it, or a hundred small ones hang us."""

    def __init__(self) -> None:
        """Start with all of it."""
        self._left = MOST_SQUARES

    def take(self, squares: int) -> None:
        """Fill some; raises `ReadError("over_limit")` where there is not so much left."""
        self._left -= squares
        if self._left < 0:
            raise ReadError("over_limit", f"a workbook of more than {MOST_SQUARES} cells")


class Addresses:
    """The names of a sheet's squares as shown, as formulas name them: `Sheet1!C5`."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet's name and what it hides."""
        plain = sheet.name.replace("_", "").isalnum() and not sheet.name[:1].isdigit()
        self._sheet = sheet.name if plain else "'" + sheet.name.replace("'", "''") + "'"
        self._rows, self._columns = _gaps(sheet.hidden_rows), _gaps(sheet.hidden_columns)

    def of(self, row: int, column: int) -> str:
        """Return sheet and cell; what is hidden is counted, as the program does."""
        letters, left = "", column + bisect_right(self._columns, column) + 1
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{self._sheet}!{letters}{row + bisect_right(self._rows, row) + 1}"


def _gaps(hidden: set[int]) -> list[int]:
    """Return for each hidden row or column how many are shown before it."""
    return [index - before for before, index in enumerate(sorted(hidden))]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cell as shown: its text and the squares it covers."""

    text: str
    area: Range

    @property
    def is_low(self) -> bool:
        """Tell whether it stands in one row only."""
        return self.area[0] == self.area[2]


def drawn_cells(sheet: Sheet) -> Iterator[Drawn]:
    """Yield the cells that hold text, and merged cells without, in squares counted without what is hidden."""
    texts = {square: text for square, text in sheet.texts.items() if text.strip()}
    lowest = max((row for row, _ in texts), default=0)
    furthest = max((column for _, column in texts), default=0)
    rows, columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    merged = _Merges(sheet.merges, lowest)
    empty = {(area[0], area[1]) for area in sheet.merges} - texts.keys()
    within = {(row, column) for row, column in empty if row <= lowest and column <= furthest}
    for square in sorted(texts.keys() | within):
        top, left, bottom, right = merged.over(square) or (*square, *square)
        if (top, left) != square:
            continue  # what lies under a merged cell isn't shown
        down = _shown(top, min(bottom, lowest), rows)
        across = _shown(left, min(right, furthest), columns)
        if down and across:
            yield Drawn(texts.get(square, ""), (down[0], across[0], down[1], across[1]))


def _shown(first: int, last: int, hidden: list[int]) -> tuple[int, int] | None:
    """Return the places of a stretch among what isn't hidden; `None` where all of it is."""
    start, end = (index - bisect_left(hidden, index) for index in (first, last + 1))
    return (start, end - 1) if end > start else None


class _Merges:
    """The merged cells, by row; in a sound file none lies over another."""

    def __init__(self, areas: Iterable[Range], lowest: int) -> None:
        self._rows: dict[int, list[tuple[int, Range]]] = {}
        entries = 0
        for area in sorted(areas, key=lambda area: area[1]):
            last = min(area[2], lowest)
            entries += max(last - area[0] + 1, 0)
            if entries > MOST_SQUARES:
                raise ReadError("over_limit", f"merged cells over more than {MOST_SQUARES} rows")
            for row in range(area[0], last + 1):
                self._rows.setdefault(row, []).append((area[1], area))

    def over(self, square: Square) -> Range | None:
        """Return the merged cell that covers a square."""
        row, column = square
        areas = self._rows.get(row, [])
        place = bisect_right(areas, column, key=lambda entry: entry[0]) - 1
        area = areas[place][1] if place >= 0 else None
        return area if area is not None and area[1] <= column <= area[3] else None
