"""Cells of a corpus as pages print them: labels, places, annotations and blanks by publisher."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from nianbao.forms import FormCell
from nianbao.sample.cell_columns import Cells, decimals, lists
from nianbao.sample.figures import SCALE
from nianbao.sample.report_columns import ReportColumns

Numbers = npt.NDArray[np.int64]
TEMPLATES = 40
"""Ways in which publishers draw the tables."""
_SHIFTS = 8
"""Paragraphs more or less before a table."""
SHARES = {
    "blanks": 0.10, "dashes": 0.02, "full_width": 0.01, "unit": 0.03, "misprint": 0.03, "paper": 0.03,
    "annotated": 0.0005, "unread": 0.0003, "missing_row": 0.01,
}  # fmt: skip
"""Shares of the reports; of the cells for `annotated` and `unread`."""
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def printed_cells(
    cells: Cells, columns: ReportColumns, kind: pa.DataType, rng: np.random.Generator
) -> pa.Array:
    """Return one list of cells per report."""
    reports, width = cells.values.shape
    if not reports:
        return pa.array([], kind)
    own = [columns.form.cells[code] for code in cells.codes]
    values, printed, kinds = _drawn(cells, rng)
    raw, unit, note = _texts(values, printed, kinds, rng)
    missing = kinds.ravel() == 4
    template = (np.arange(reports) + columns.first_agency) // 30 % TEMPLATES
    flat = {
        "code": pa.array(list(cells.codes)).take(pa.array(np.tile(np.arange(width), reports))),
        "raw": raw,
        "kind": pa.array(["number", "blank", "dash", "text", "missing"]).take(
            pa.array(kinds.ravel())
        ),
        "value": decimals(values.ravel(), printed.ravel()),
        "unit": unit,
        "note": note,
        **_labels(own, template, missing, rng),
        **_places(own, template, missing, rng),
    }
    offsets = pa.array(np.arange(reports + 1, dtype=np.int32) * np.int32(width))
    return lists(offsets, flat, reports * width, kind)


def _drawn(
    cells: Cells, rng: np.random.Generator
) -> tuple[Numbers, npt.NDArray[np.bool_], Numbers]:
    """Return values, which are printed, and kinds: 0 number, 1 blank, 2 dash, 3 text, 4 missing."""
    values, (reports, width) = cells.values.copy(), cells.values.shape
    kinds = np.zeros(values.shape, np.int64)
    parts = np.array([not code.endswith("total") for code in cells.codes])
    for number, share in ((1, SHARES["blanks"]), (2, SHARES["dashes"])):
        chosen: npt.NDArray[np.bool_] = np.asarray(rng.random(reports) < share)
        kinds[(chosen[:, None] & parts[None, :]) & (values == 0)] = number
    kinds[rng.random(values.shape) < SHARES["unread"]] = 3
    rows = np.flatnonzero(rng.random(reports) < SHARES["missing_row"])
    starts = rng.integers(0, max(width - 7, 1), len(rows))
    kinds[rows[:, None], starts[:, None] + np.arange(min(7, width))] = 4
    # Amounts have decimals.
    for place, code in enumerate(cells.codes):
        if code.endswith("amount"):
            values[:, place] += (values[:, place] > 0) * rng.integers(0, SCALE, reports)
    return np.where(kinds == 0, values, 0), kinds == 0, kinds


def _texts(
    values: Numbers, printed: npt.NDArray[np.bool_], kinds: Numbers, rng: np.random.Generator
) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return raw, unit and note of every cell."""
    whole, fraction = values.ravel() // SCALE, values.ravel() % SCALE
    raw = np.array(pa.array(whole).cast(pa.string()).to_numpy(zero_copy_only=False), object)
    for place in np.flatnonzero(fraction):
        raw[place] = f"{values.ravel()[place] / SCALE:.4f}".rstrip("0")
    raw[kinds.ravel() == 1], raw[kinds.ravel() == 2] = "", "-"
    raw[kinds.ravel() == 3], raw[kinds.ravel() == 4] = "1 2", ""
    unit, note = np.full(values.size, None, object), np.full(values.size, None, object)
    wide = (rng.random((len(values), 1)) < SHARES["full_width"]) & printed
    raw[wide.ravel()] = [text.translate(_FULL_WIDTH) for text in raw[wide.ravel()]]
    counted = ((rng.random((len(values), 1)) < SHARES["unit"]) & printed).ravel()
    raw[counted] += "件"
    unit[counted] = "件"
    noted = np.flatnonzero((rng.random(values.shape) < SHARES["annotated"]) & printed)
    for place in noted:
        note[place] = f"其中修订{place % 17}件"
        raw[place] += f"（{note[place]}）"
    return pa.array(raw, pa.string()), pa.array(unit, pa.string()), pa.array(note, pa.string())


def _labels(
    own: Sequence[FormCell],
    template: Numbers,
    missing: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> dict[str, pa.Array]:
    """Return labels and headings: official, a publisher's variant, or a misprint in one row."""
    width, reports = len(own), len(template)
    official = [cell.row.zh for cell in own]
    variants = [label.partition("（")[0] or label for label in official]
    misprints = [f"{label[:-1]}" for label in official]
    texts = [*official, *variants, *misprints]
    place = np.tile(np.arange(width), (reports, 1))
    place[template % 5 == 1, width // 2 : width // 2 + 14] += width
    rows = np.flatnonzero(rng.random(reports) < SHARES["misprint"])
    starts = rng.integers(0, max(width - 7, 1), len(rows))
    cells = starts[:, None] + np.arange(min(7, width))
    place[rows[:, None], cells] = cells + 2 * width
    headings = np.tile(np.arange(width), (reports, 1))
    no_heading = (template % 8 == 3)[:, None] | missing.reshape(reports, width)
    return {
        "label": pa.array(texts).take(pa.array(place.ravel(), mask=missing)),
        "heading": pa.array([cell.column.zh for cell in own]).take(
            pa.array(headings.ravel(), mask=no_heading.ravel())
        ),
        "matched": pa.array(["alias", "position"]).take(
            pa.array(
                np.where(place >= 2 * width, 1, 0).ravel(), mask=(place < width).ravel() | missing
            )
        ),
    }


def _places(
    own: Sequence[FormCell],
    template: Numbers,
    missing: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> dict[str, pa.Array]:
    """Return locations, and CSS paths of pages or boxes of papers."""
    width, reports = len(own), len(template)
    squares = _squares(own)
    first_table = rng.integers(1, 4, reports)
    tables = sorted({cell.table for cell in own})
    locations = [
        [f"t{first + tables.index(cell.table)}.r{row + t % 4}.c{column + t % 3}"
         for cell, (row, column) in zip(own, squares, strict=True)]
        for first in range(1, 4) for t in range(12)
    ]  # fmt: skip
    paths = [
        [_path(cell, square, t, shift, tables) for cell, square in zip(own, squares, strict=True)]
        for t in range(TEMPLATES)
        for shift in range(_SHIFTS)
    ]
    which = (first_table - 1) * 12 + template % 12
    web = template * _SHIFTS + rng.integers(0, _SHIFTS, reports)
    chosen = (np.arange(width) + which[:, None] * width).ravel()
    path = (np.arange(width) + web[:, None] * width).ravel()
    places = pa.array([text for one in paths for text in one]).take(pa.array(path, mask=missing))
    on_paper = np.repeat(rng.random(reports) < SHARES["paper"], width)
    boxes = _boxes(squares, np.flatnonzero(on_paper[::width]), rng)
    places = pc.replace_with_mask(places, pa.array(on_paper), boxes)
    location = pa.array([text for one in locations for text in one]).take(pa.array(chosen))
    return {
        "location": pc.if_else(pa.array(missing), "", location),
        "source_place": pc.if_else(pa.array(missing), None, places),
    }


def _squares(own: Sequence[FormCell]) -> list[tuple[int, int]]:
    """Return row and column of each cell in its table, as a plain page draws it."""
    found, row, last = [], 3, None
    column = 1
    for cell in own:
        key = (cell.table, cell.row.code)
        if last is None or key[0] != last[0]:
            row, column = 4, 1
        elif key != last:
            row, column = (row, column) if cell.table == "reviews" else (row + 1, 1)
        column += 1
        last = key
        found.append((row, column))
    return found


def _path(
    cell: FormCell, square: tuple[int, int], template: int, shift: int, tables: Sequence[str]
) -> str:
    number = 8 + shift + 3 * tables.index(cell.table)
    return (
        f"body > div:nth-child({template % 7 + 1}) > div:nth-child({template % 3 + 2}) > "
        f"table:nth-child({number}) > tbody:nth-child(1) > tr:nth-child({square[0]}) > "
        f"td:nth-child({square[1] - template % 2})"
    )


def _boxes(
    squares: Sequence[tuple[int, int]], reports: Numbers, rng: np.random.Generator
) -> pa.Array:
    tops = rng.integers(90, 140, len(reports))
    lefts = [(row, 50 + 48 * column) for row, column in squares]
    return pa.array(
        [
            f"page {1 + row // 20}, box {left} {top + 15 * row} {left + 48} {top + 15 * row + 15}"
            for top in tops
            for row, left in lefts
        ],
        pa.string(),
    )
