"""The cells as they are stored; `cells`, `report_cells` and `wide_…` are views over these tables.

A number is stored twice, once below the other numbers of its cell (`stored_cells`, sorted by cell and
version, for questions about a few cells of many reports) and once beside the other numbers of its
report (`form_values_…`): each takes about half a byte, and neither can be made from the other in time.
What a document prints around its numbers is the same for most reports of a publisher: such texts are
in `layout_texts`, and those of one report alone in `odd_cells`. None of this is in lists: a join that
hands a list of hundreds of texts to each cell takes most of a query's time.
"""

from sqlalchemy import ARRAY, Column, Double, Integer, SmallInteger

from nianbao.forms import FormCell
from nianbao.warehouse.cells.numbering import FormNumbers, form_numbers
from nianbao.warehouse.tables.base import VALUE, table, text, version_number

form_cells = table(
    "form_cells",
    "The number that stands for each cell of each form inside this file",
    Column(
        "cell", SmallInteger, primary_key=True, autoincrement=False, comment="Number of the cell"
    ),
    text("form", "First report year of the form", nullable=False),
    text("code", "Cell code, see cell_dictionary", nullable=False),
    Column("place", SmallInteger, comment="Place in the form's order, from one"),
    Column("part", SmallInteger, comment="Table of the form that it belongs to, from one"),
)

stored_cells = table(
    "stored_cells",
    "Every cell of every version of every report, sorted by cell and version; see the view cells",
    version_number(primary_key=True),
    Column(
        "cell",
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        comment="Cell, see form_cells",
        info={"references": "form_cells.cell"},
    ),
    Column("kind", SmallInteger, comment="1 number, 2 blank, 3 dash, 4 text, 5 missing"),
    Column("value", Double, comment="The number, exact to four decimals; null for anything else"),
    Column("exact", VALUE, comment="The number where it is too large to be exact in value"),
    Column(
        "deduced",
        Double,
        comment="What a blank can only be, by an identity of the form; 0 without deduction",
    ),
    Column(
        "deduction",
        SmallInteger,
        comment="0 none, 1 row_sum, 2 results_sum, 3 column_balance, 4 reviews_sum",
    ),
)


def _cell() -> Column[int]:
    return Column(
        "cell",
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        comment="Cell, see form_cells",
        info={"references": "form_cells.cell"},
    )


version_parts = table(
    "version_parts",
    "Per version and table of the form, what its document prints around the numbers",
    version_number(primary_key=True),
    Column(
        "part",
        SmallInteger,
        primary_key=True,
        autoincrement=False,
        comment="Table of the form, see form_cells",
    ),
    Column(
        "wording", Integer, comment="Layout of labels and headings; 0 where they are odd_cells'"
    ),
    Column("layout", Integer, comment="Layout of places; 0 where they are odd_cells'"),
    text("document_table", "Table of the document"),
    text("path", "First part of the CSS path"),
    content=False,  # see content.py: what is a layout hangs on the order of the documents
)

odd_cells = table(
    "odd_cells",
    "Per cell, what its document prints otherwise than the number or a layout says; null elsewhere",
    version_number(primary_key=True),
    _cell(),
    text("raw", "As printed, where the number is not printed that way"),
    text("unit", "Unit printed in the cell"),
    text("note", "Annotation printed in the cell"),
    text("matched", "alias or position"),
    text("label", "The row's label"),
    text("heading", "The column's heading"),
    text("location", "Place after the table's own; a whole one after ="),
    text("source_place", "Last steps of the CSS path; a whole place after ="),
    content=False,
)

version_counts = table(
    "version_counts",
    "Per version, how many cells of each kind it has; the same as stored_cells says, counted once",
    version_number(primary_key=True),
    Column("cells", SmallInteger, comment="Cells, those that are missing left out"),
    Column("cells_printed", SmallInteger, comment="Cells with a number"),
    Column("cells_blank", SmallInteger, comment="Cells that are blank or a dash"),
    Column("cells_unread", SmallInteger, comment="Cells that hold something else than a number"),
    Column("cells_missing", SmallInteger, comment="Cells whose row or column is not there"),
    content=False,
)

layout_texts = table(
    "layout_texts",
    "What many documents print alike beside their numbers, one row per layout and cell",
    Column(
        "layout", Integer, primary_key=True, autoincrement=False, comment="Number of the layout"
    ),
    _cell(),
    text("first", "The row's label; in a layout of places, the place after the table's own"),
    text("second", "The column's heading; in a layout of places, the last steps of the CSS path"),
    content=False,
)

report_changes = table(
    "report_changes",
    "Cell by cell, what a document of a report changed against the one first seen before it; reports "
    "with one document have no rows",
    text("report_id", "Report", nullable=False),
    text("code", "Cell code, see cell_dictionary"),
    text("from_sha256", "SHA-256 of the document before"),
    text("to_sha256", "SHA-256 of the document that changed it"),
    text("old_raw", "As printed before; null where the cell was not there"),
    text("new_raw", "As printed since; null where the cell is not there any more"),
    Column("old_value", VALUE, comment="The number before"),
    Column("new_value", VALUE, comment="The number since"),
)


def _wide(numbers: FormNumbers) -> None:
    cells = numbers.form.cells.values()
    table(
        numbers.table,
        f"The numbers of form {numbers.name}, one row per version; see the view wide_{numbers.name}",
        version_number(primary_key=True),
        *(
            Column(name, Double, comment=cell_comment(cell), info={"unit": cell.unit})
            for name, cell in zip(numbers.columns, cells, strict=True)
        ),
        Column(
            "unread",
            ARRAY(SmallInteger),
            comment="Places, from one in the form's order, of cells that were not read or are "
            "missing: they may hold any number; null where there are none",
        ),
        content=False,  # the same numbers as in stored_cells
    )


def cell_comment(cell: FormCell) -> str:
    """Return what a cell is called on the form: row, then column."""
    row, column = cell.row.path, cell.column.zh
    return " > ".join([*row, column] if column else row)


for _numbers in form_numbers().values():
    _wide(_numbers)
