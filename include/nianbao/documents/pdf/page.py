"""What a page is made of, in points from its upper left corner; text PDFs and scans alike."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `top` is less than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Its width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(slots=True)
class Char:
    """One printed character; `box` is as wide as its advance and as high as its font."""

    text: str
    box: Box
    size: float
    x: float
    y: float
    """Its middle."""
    struck: bool = False
    """A line runs through it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: at `at` across its direction, from `start` to `end` along it."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text."""

    text: str
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell between ruling lines, counted in the columns and rows of its table."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    text: str = ""
    page: int = 0
    """On which page it is, from one; a table may go on over several."""
    loose: bool = False
    """No line parts it from a neighbour, so that text near its sides may belong to either."""
    open_top: bool = False
    """It is at the top of its table and no line closes it there: it may continue a cell above."""
    open_bottom: bool = False
    rest: "GridCell | None" = None
    """What of it stands on the next page, where the end of the page cut it in two."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on one page; `columns` are the x of its vertical lines."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_top: bool = False
    """No line closes it above: its first row may continue one from the page before."""
    open_bottom: bool = False
    unruled: bool = False
    """No line is drawn: its columns are those of the text on this page alone."""

    @property
    def box(self) -> Box:
        """What it covers."""
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])


@dataclass(slots=True)
class Page:
    """One page, read: its lines of text and its tables from top to bottom."""

    number: int
    width: float
    height: float
    items: list[Line | Grid] = field(default_factory=list)
