"""What publishers and their editors do to tables that puts numbers in doubt: never silently wrong."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from support.noise_boxes import Box, BoxTable

Lost = set[str]
"""Codes of numbers that nobody could tell any more."""
Harm = Callable[[Random, BoxTable], Lost]


def _data_row(rng: Random, table: BoxTable) -> list[Box]:
    return table.rows[rng.choice(table.data_rows())]


def _numbers(row: list[Box]) -> list[int]:
    return [place for place, box in enumerate(row) if box.code]


def _codes(boxes: list[Box]) -> Lost:
    return {box.code for box in boxes if box.code}


def drop_cell(rng: Random, table: BoxTable) -> Lost:
    """One number's cell is gone, and what stands behind it moves up."""
    row = _data_row(rng, table)
    return _codes([row.pop(rng.choice(_numbers(row)))])


def double_cell(rng: Random, table: BoxTable) -> Lost:
    """One number stands twice, and what stands behind it moves on."""
    row = _data_row(rng, table)
    place = rng.choice(_numbers(row))
    row.insert(place, replace(row[place], code=None))
    return set()


def blank_cell(rng: Random, table: BoxTable) -> Lost:
    """A cell without text before a number, or before the label."""
    row = _data_row(rng, table)
    row.insert(rng.randrange(len(row)), Box(""))
    return set()


def drop_label(rng: Random, table: BoxTable) -> Lost:
    """A label's cell is gone."""
    row = _data_row(rng, table)
    labels = [place for place, box in enumerate(row) if not box.code]
    if not labels:
        return set()
    row.pop(rng.choice(labels))
    return set()


def drop_own_label(rng: Random, table: BoxTable) -> Lost:
    """The label beside the numbers is gone, and the first number stands in its place."""
    row = _data_row(rng, table)
    first = _numbers(row)[0]
    if first:
        row.pop(first - 1)
    return set()


def empty_label(rng: Random, table: BoxTable) -> Lost:
    """The label beside the numbers has no text."""
    row = _data_row(rng, table)
    first = _numbers(row)[0]
    if first:
        row[first - 1].text = ""
    return set()


def drop_heading(rng: Random, table: BoxTable) -> Lost:
    """A heading's cell is gone, and those behind it move up."""
    heads = [i for i in table.first_rows() if table.rows[i]]
    if heads:
        row = table.rows[rng.choice(heads)]
        row.pop(rng.randrange(len(row)))
    return set()


def drop_header_row(rng: Random, table: BoxTable) -> Lost:
    """A row of headings is gone."""
    heads = [i for i in table.first_rows() if table.rows[i]]
    if heads:
        table.rows[rng.choice(heads)] = []
    return set()


def doubled_heading(rng: Random, table: BoxTable) -> Lost:
    """A heading stands twice, and those behind it move on."""
    heads = [i for i in table.first_rows() if table.rows[i]]
    if heads:
        row = table.rows[rng.choice(heads)]
        place = rng.randrange(len(row))
        row.insert(place, replace(row[place]))
    return set()


def columns_changed(rng: Random, table: BoxTable) -> Lost:
    """Two columns change places, headings and numbers together."""
    heads, rows = table.first_rows(), _first_block(table)
    width = min(len(_numbers(table.rows[i])) for i in rows)
    if not heads or width < 3:
        return set()
    head = table.rows[heads[-1]]
    left = {2: 1, 5: 5}.get(width - len(head), 0)
    """Numbers left of those that the last row of headings names."""
    count = min(len(head), width - left) - (left == 0)
    if count < 2:
        return set()
    one = rng.randrange(count - 1)
    _swap(head, one + (left == 0), one + 1 + (left == 0))
    for i in rows:
        places = _numbers(table.rows[i])
        _swap(table.rows[i], places[left + one], places[left + one + 1])
    return set()


def _first_block(table: BoxTable) -> list[int]:
    """Return the rows of numbers below the first header."""
    rows = table.data_rows()
    return [i for i in rows if i - rows[0] == rows.index(i)]


def _swap(row: list[Box], one: int, two: int) -> None:
    row[one], row[two] = row[two], row[one]


def spacer_column(rng: Random, table: BoxTable) -> Lost:
    """An empty narrow column, as Excel's exports have them."""
    at = rng.randrange(table.width + 1)
    grid = table.squares()
    for index, row in enumerate(table.rows):
        before = grid[index][at - 1] if at else None
        behind = grid[index][at] if at < len(grid[index]) else None
        if before is not None and before is behind:
            begins = any(box is before for box in row)
            before.across += 1 if begins else 0
            continue
        left = {id(box) for box in grid[index][:at]}
        place = sum(1 for box in row if id(box) in left)
        row.insert(place, Box(""))
    return set()


def lost_across(rng: Random, table: BoxTable) -> Lost:
    """No cell is merged across any more; each stands once."""
    for row in table.rows:
        for box in row:
            box.across = 1
    return set()


def lost_down(rng: Random, table: BoxTable) -> Lost:
    """No cell is merged down any more; each stands once."""
    for row in table.rows:
        for box in row:
            box.down = 1
    return set()


def lost_span(rng: Random, table: BoxTable) -> Lost:
    """One cell is merged less, or more, than it should be."""
    boxes = [box for row in table.rows for box in row]
    spanned = [box for box in boxes if box.down * box.across > 1] or boxes
    box = rng.choice(rng.choice([spanned, boxes]))
    step = rng.choice([-1, 1])
    if rng.random() < 0.5:
        box.down = max(1, box.down + step)
    else:
        box.across = max(1, box.across + step)
    return set()


def unrolled(rng: Random, table: BoxTable) -> Lost:
    """Every merged cell is taken apart: its text in each square, or in the first alone."""
    repeated = rng.random() < 0.5
    grid, seen = table.squares(), set[int]()
    rows: list[list[Box]] = []
    for squares in grid:
        row = []
        for box in squares:
            first = box is not None and id(box) not in seen
            text = box.text if box is not None and (first or repeated) else ""
            row.append(Box(text, code=box.code if box is not None and first else None))
            seen.add(id(box))
        rows.append(row)
    table.rows = rows
    return set()


def rows_as_one(rng: Random, table: BoxTable) -> Lost:
    """A number is merged down over the row below, whose own is gone."""
    rows = table.data_rows()
    pairs = [i for i in rows if i + 1 in rows]
    if not pairs:
        return set()
    i = rng.choice(pairs)
    upper, lower = _numbers(table.rows[i]), _numbers(table.rows[i + 1])
    place = rng.randrange(min(len(upper), len(lower)))
    box = table.rows[i][upper[place]]
    box.down = 2
    return _codes([table.rows[i + 1].pop(lower[place])])


def merged_across(rng: Random, table: BoxTable) -> Lost:
    """Two numbers' cells are one, with the text of the first or of both."""
    row = _data_row(rng, table)
    places = [p for p in _numbers(row) if p + 1 < len(row) and row[p + 1].code]
    if not places:
        return set()
    place = rng.choice(places)
    gone = row.pop(place + 1)
    row[place].across += gone.across
    if rng.random() < 0.5:
        row[place].text = f"{row[place].text} {gone.text}"
    return _codes([gone])


def split_digits(rng: Random, table: BoxTable) -> Lost:
    """The digits of one number stand in two cells."""
    numbers = [(i, p) for i, p, box in table.numbers() if len(box.text) > 1]
    if not numbers:
        return set()
    i, place = rng.choice(numbers)
    box = table.rows[i][place]
    at = rng.randrange(1, len(box.text))
    rest = replace(box, text=box.text[at:], code=None)
    box.text = box.text[:at]
    table.rows[i].insert(place + 1, rest)
    return set()


def label_with_number(rng: Random, table: BoxTable) -> Lost:
    """The first number stands in the cell of its label."""
    row = _data_row(rng, table)
    first = _numbers(row)[0]
    if not first:
        return set()
    row[first - 1].text += f" {row.pop(first).text}"
    return set()
