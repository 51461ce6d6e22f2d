"""A table as rows of boxes that noise can change: cut, moved, merged, with the codes of its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nianbao.sample.layout import Grid


@dataclass
class Box:
    """One cell as HTML writes it: in the row where it begins."""

    text: str
    down: int = 1
    across: int = 1
    code: str | None = None
    """Of the number that it holds."""
    hidden: bool = False
    markup: str | None = None
    """What stands in it as mark-up, where that is not its text."""


@dataclass
class BoxTable:
    """Rows of boxes; `before` and `behind` are paragraphs around the table."""

    rows: list[list[Box]]
    hidden_rows: set[int] = field(default_factory=set)
    heads: int = 0
    """Rows that stand in `thead`."""
    before: str = ""
    markup_before: str = ""

    @property
    def width(self) -> int:
        return max(sum(box.across for box in row) for row in self.rows)

    def copy(self) -> "BoxTable":
        return replace(self, rows=[[replace(box) for box in row] for row in self.rows])

    def data_rows(self) -> list[int]:
        """Return the rows that hold numbers of the form."""
        return [i for i, row in enumerate(self.rows) if any(box.code for box in row)]

    def first_rows(self) -> list[int]:
        """Return the rows above the first number."""
        return list(range(self.data_rows()[0])) if self.data_rows() else []

    def squares(self) -> list[list[Box | None]]:
        """Return the table with every span filled in, as browsers lay it out."""
        taken: dict[tuple[int, int], Box] = {}
        for index, row in enumerate(self.rows):
            column = 0
            for box in row:
                while (index, column) in taken:
                    column += 1
                for down in range(box.down):
                    for across in range(box.across):
                        taken[index + down, column + across] = box
                column += box.across
        width = max((column for _, column in taken), default=-1) + 1
        return [[taken.get((i, j)) for j in range(width)] for i in range(len(self.rows))]

    def crossing(self, at: int) -> list[tuple[int, Box]]:
        """Return the boxes that reach over the line above row `at`, with the row where each begins."""
        return [
            (index, box)
            for index, row in enumerate(self.rows[:at])
            for box in row
            if index + box.down > at
        ]

    def free_lines(self) -> list[int]:
        """Return the rows above which nothing reaches over, the first left out."""
        return [at for at in range(1, len(self.rows)) if not self.crossing(at)]

    def numbers(self) -> Iterator[tuple[int, int, Box]]:
        """Yield the boxes that hold numbers, with row and place in the row."""
        for index, row in enumerate(self.rows):
            for place, box in enumerate(row):
                if box.code:
                    yield index, place, box


def boxes_of(grid: Grid) -> BoxTable:
    """Return a grid as boxes."""
    height = max(square.row + square.row_span for square in grid)
    rows: list[list[Box]] = [[] for _ in range(height)]
    for s in sorted(grid, key=lambda s: (s.row, s.column)):
        rows[s.row].append(Box(s.text, s.row_span, s.column_span, s.code))
    return BoxTable(rows)


def cut(table: BoxTable, at: int, *, repeated: bool) -> tuple[BoxTable, BoxTable]:
    """Cut a table in two; what reaches over the cut opens again below, with its text or without."""
    whole = table.copy()
    grid = whole.squares()
    upper, lower = whole.rows[:at], whole.rows[at:]
    for _, box in whole.crossing(at):
        begins = next(i for i, row in enumerate(whole.rows) if any(b is box for b in row))
        column = next(j for j, square in enumerate(grid[at]) if square is box)
        place = sum(1 for b in whole.rows[at] if _column(grid[at], b) < column)
        rest = Box(box.text if repeated else "", begins + box.down - at, box.across)
        lower[0].insert(place, rest)
        grid[at] = [rest if square is box else square for square in grid[at]]
    for index, row in enumerate(upper):
        for box in row:
            box.down = min(box.down, at - index)
    return BoxTable(upper, before=whole.before), BoxTable(lower)


def _column(row: list[Box | None], box: Box) -> int:
    return next(j for j, square in enumerate(row) if square is box)
