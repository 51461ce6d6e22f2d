"""Whole rows and columns out of place: never silently wrong."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from support import noise_harmful as cells
from support.noise_boxes import Box, BoxTable
from support.noise_harmful import Harm, Lost
from support.noise_harmless import rows_moved


def last_cell_below(rng: Random, table: BoxTable) -> Lost:
    """The last number of a row stands in a row of its own."""
    lines = [at for at in table.free_lines() if at - 1 in table.data_rows()]
    if not lines:
        return set()
    at = rng.choice(lines)
    table.rows.insert(at, [table.rows[at - 1].pop()])
    return set()


def moved(rng: Random, table: BoxTable) -> Lost:
    """Rows out of their order."""
    for _ in range(3):
        rows_moved(rng, table)
    return set()


def row_gone(rng: Random, table: BoxTable) -> Lost:
    """A row is deleted, and the labels merged over it are not made shorter."""
    i = rng.choice(table.data_rows())
    gone = table.rows.pop(i)
    return {box.code for box in gone if box.code}


def extra_row(rng: Random, table: BoxTable) -> Lost:
    """A row of the publisher's own, with numbers; labels merged over it are not made longer."""
    i = rng.choice(table.data_rows())
    row = [replace(box, code=None, down=1) for box in table.rows[i]]
    for box, old in zip(row, table.rows[i], strict=True):
        box.text = (
            str(rng.randrange(1000)) if old.code else rng.choice(["小计", "其中：", "合计", ""])
        )
    table.rows.insert(i + rng.randrange(2), row)
    return set()


def double_row(rng: Random, table: BoxTable) -> Lost:
    """A row stands twice, with other numbers the second time."""
    i = rng.choice(table.data_rows())
    row = [replace(box, code=None, down=1) for box in table.rows[i]]
    for box, old in zip(row, table.rows[i], strict=True):
        box.text = str(rng.randrange(1000, 9999)) if old.code else box.text
    table.rows.insert(i + 1, row)
    return set()


def numbers_column(rng: Random, table: BoxTable) -> Lost:
    """A column of running numbers on the left, or of the publisher's own on the right."""
    left = rng.random() < 0.5
    name = rng.choice(
        ["序号", "编号", ""] if left else ["备注", "上年数", "小计", "", "占比", "校验"]
    )
    heads = table.first_rows()
    top = Box(name, down=max(1, len(heads)))
    for count, i in enumerate(table.data_rows(), start=1):
        extra = Box(str(count if left else rng.randrange(100)))
        table.rows[i].insert(0 if left else len(table.rows[i]), extra)
    if heads:
        table.rows[0].insert(0 if left else len(table.rows[0]), top)
    return set()


def compared_columns(rng: Random, table: BoxTable) -> Lost:
    """Each number has last year's beside it, and each heading two squares."""
    before = rng.random() < 0.5
    for i, row in enumerate(list(table.rows)):
        made: list[Box] = []
        for box in row:
            if box.code:
                other = Box(str(rng.randrange(9999)))
                made += [other, box] if before else [box, other]
            else:
                wide = i in table.first_rows() and box.across == 1 and box.down == 1
                made.append(replace(box, across=2) if wide else box)
        table.rows[i] = made
    return set()


def header_broken(rng: Random, table: BoxTable) -> Lost:
    """A heading goes on in the row below."""
    heads = table.first_rows()
    if not heads:
        return set()
    last = table.rows[heads[-1]]
    lower = [Box("") for _ in last]
    for upper, box in zip(last, lower, strict=True):
        box.across = upper.across
        if len(upper.text) > 1 and rng.random() < 0.5:
            at = rng.randrange(1, len(upper.text))
            upper.text, box.text = upper.text[:at], upper.text[at:]
    if len(heads) == 1:
        table.rows.insert(heads[-1] + 1, lower)
    return set()


def last_year_first(rng: Random, table: BoxTable) -> Lost:
    """The headings' order stays, the numbers of two rows are those of each other's label."""
    rows = [table.rows[i] for i in table.data_rows()]
    one, two = rng.choice(rows), rng.choice(rows)
    labels = [[box for box in row if not box.code] for row in (one, two)]
    if len(labels[0]) == len(labels[1]) == 1:
        first, second = labels[0][0], labels[1][0]
        first.text, second.text = second.text, first.text
        numbers = [[box for box in row if box.code] for row in (one, two)]
        if len(numbers[0]) == len(numbers[1]):
            for a, b in zip(*numbers, strict=True):
                a.text, b.text, a.code, b.code = b.text, a.text, b.code, a.code
            # Labels and numbers both changed places: the same rows in another order.
    return set()


def wrong_label(rng: Random, table: BoxTable) -> Lost:
    """A label is cut short, or one of its characters is another."""
    row = table.rows[rng.choice(table.data_rows())]
    labels = [box for box in row if not box.code and len(box.text) > 2]
    if labels:
        box = rng.choice(labels)
        at = rng.randrange(len(box.text))
        box.text = rng.choice([box.text[:at] + "某" + box.text[at + 1 :], box.text[: at + 1]])
    return set()


def wrong_heading(rng: Random, table: BoxTable) -> Lost:
    """A heading is cut short, or one of its characters is another."""
    boxes = [box for i in table.first_rows() for box in table.rows[i] if len(box.text) > 1]
    if boxes:
        box = rng.choice(boxes)
        at = rng.randrange(len(box.text))
        box.text = rng.choice([box.text[:at] + "某" + box.text[at + 1 :], box.text[: at + 1]])
    return set()


_ROWS: tuple[Harm, ...] = (
    last_cell_below,
    moved,
    row_gone,
    extra_row,
    double_row,
    numbers_column,
    compared_columns,
    header_broken,
    last_year_first,
    wrong_label,
    wrong_heading,
)
_CELLS: tuple[Harm, ...] = (
    cells.drop_cell,
    cells.double_cell,
    cells.blank_cell,
    cells.drop_label,
    cells.drop_own_label,
    cells.empty_label,
    cells.drop_heading,
    cells.drop_header_row,
    cells.doubled_heading,
    cells.columns_changed,
    cells.spacer_column,
    cells.lost_across,
    cells.lost_down,
    cells.lost_span,
    cells.unrolled,
    cells.rows_as_one,
    cells.merged_across,
    cells.split_digits,
    cells.label_with_number,
)
HARMFUL: dict[str, Callable[[Random, BoxTable], Lost]] = {
    harm.__name__.replace("_", " "): harm for harm in (*_CELLS, *_ROWS)
}
