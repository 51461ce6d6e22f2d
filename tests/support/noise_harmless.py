"""What publishers do to tables that leaves no doubt about any number."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from support.noise_boxes import Box, BoxTable, cut

Op = Callable[[Random, BoxTable], list[BoxTable]]


def blank_rows(rng: Random, table: BoxTable) -> list[BoxTable]:
    """Rows without text, each square a cell or all of them one."""
    for at in sorted(rng.sample(table.free_lines(), min(2, len(table.free_lines()))), reverse=True):
        wide = table.width
        row = [Box("", across=wide)] if rng.random() < 0.5 else [Box("") for _ in range(wide)]
        table.rows.insert(at, row)
    return [table]


def caption_row(rng: Random, table: BoxTable) -> list[BoxTable]:
    """A row over the whole width on top: a caption, or the unit."""
    text = rng.choice(["单位：件", "统计表", "表1", "（单位：件、项、万元）", "填报单位（盖章）："])
    table.rows.insert(0, [Box(text, across=table.width)])
    return [table]


def note_row(rng: Random, table: BoxTable) -> list[BoxTable]:
    """A row over the whole width at the foot."""
    text = rng.choice(["注：本表由办公室填报。", "填表人：张三　审核人：李四", ""])
    table.rows.append([Box(text, across=table.width)])
    return [table]


def cut_with_header(rng: Random, table: BoxTable) -> list[BoxTable]:
    """The table goes on in a second one, below its header again."""
    at = _place_for_cut(rng, table)
    if at is None:
        return [table]
    upper, lower = cut(table, at, repeated=rng.random() < 0.5)
    head = [[replace(box) for box in table.rows[i]] for i in table.first_rows()]
    lower.rows[:0] = head
    return [upper, lower]


def cut_without_header(rng: Random, table: BoxTable) -> list[BoxTable]:
    """The table goes on in a second one."""
    at = _place_for_cut(rng, table)
    if at is None or len(table.rows) - at < 3:  # one or two rows alone say little of what they are
        return [table]
    return list(cut(table, at, repeated=rng.random() < 0.5))


def header_again(rng: Random, table: BoxTable) -> list[BoxTable]:
    """The header stands again inside the table."""
    lines = [at for at in table.free_lines() if at - 1 in table.data_rows()]
    if _is_one_block(table) and lines:
        head = [[replace(box) for box in table.rows[i]] for i in table.first_rows()]
        at = rng.choice(lines)
        if at in table.data_rows():
            table.rows[at:at] = head
    return [table]


def hidden_row(rng: Random, table: BoxTable) -> list[BoxTable]:
    """A row that no reader sees, with other numbers."""
    lines = [at for at in table.free_lines() if at in table.data_rows()]
    if lines:
        at = rng.choice(lines)
        row = [replace(box, hidden=True, code=None) for box in table.rows[at]]
        for box in row[1:]:
            box.text = str(rng.randrange(1000))
        if all(box.down == 1 for box in row):
            table.rows.insert(at, row)
    return [table]


def hidden_cells(rng: Random, table: BoxTable) -> list[BoxTable]:
    """Cells that no reader sees, in some rows."""
    for row in table.rows:
        if rng.random() < 0.3:
            row.insert(rng.randrange(len(row) + 1), Box(str(rng.randrange(99)), hidden=True))
    return [table]


def sizing_row(rng: Random, table: BoxTable) -> list[BoxTable]:
    """The row without text that Word and Excel add for the widths of the columns."""
    table.rows.append([Box("") for _ in range(table.width)])
    return [table]


def thead(rng: Random, table: BoxTable) -> list[BoxTable]:
    """The rows above the first number stand in `thead`."""
    heads = len(table.first_rows())
    if not table.crossing(heads):
        table.heads = heads
    return [table]


def rows_moved(rng: Random, table: BoxTable) -> list[BoxTable]:
    """Two neighbouring rows change places, where their labels alone say which they are."""
    rows = table.data_rows()
    pairs = [
        i
        for i in rows
        if i + 1 in rows
        and len(table.rows[i]) == len(table.rows[i + 1])
        and all(box.down == 1 for box in (*table.rows[i], *table.rows[i + 1]))
        and _is_unique(table, i)
        and _is_unique(table, i + 1)
    ]
    if pairs:
        i = rng.choice(pairs)
        table.rows[i], table.rows[i + 1] = table.rows[i + 1], table.rows[i]
    return [table]


def _is_unique(table: BoxTable, row: int) -> bool:
    """Tell whether a row's own label stands nowhere else: 2014 has 被依法纠错数 twice."""
    own = [box.text for box in table.rows[row] if not box.code][:1]
    return sum(box.text in own for other in table.rows for box in other) == 1


def _place_for_cut(rng: Random, table: BoxTable) -> int | None:
    rows = table.data_rows()
    # Below a cut through a number's cell an empty one opens: nothing there tells that it is no blank.
    through = {at for at in rows if any(box.code for _, box in table.crossing(at))}
    places = [at for at in rows if at - 1 in rows and at not in through]
    return rng.choice(places) if places and _is_one_block(table) else None


def _is_one_block(table: BoxTable) -> bool:
    """Tell whether one header serves for all rows."""
    rows = table.data_rows()
    return bool(rows) and rows[-1] - rows[0] == len(rows) - 1


HARMLESS: dict[str, Op] = {
    "blank rows": blank_rows,
    "caption row": caption_row,
    "note row": note_row,
    "cut, header again": cut_with_header,
    "cut": cut_without_header,
    "header again": header_again,
    "hidden row": hidden_row,
    "hidden cells": hidden_cells,
    "sizing row": sizing_row,
    "thead": thead,
}
