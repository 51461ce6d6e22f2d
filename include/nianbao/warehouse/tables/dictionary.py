"""What each cell code means."""

from nianbao.warehouse.tables.base import table, text

cell_dictionary = table(
    "cell_dictionary",
    "What each cell code means",
    text("code", "Cell code", nullable=False),
    text("short_code", "Code of at most 32 characters, for tools that need short names"),
    text("form", "First report year of the form", nullable=False),
    text("section_zh", "Statutory section"),
    text("section_en", "The same in English"),
    text("row_zh", "Row label with the labels of its groups"),
    text("row_en", "The same in English"),
    text("column_zh", "Column label"),
    text("column_en", "The same in English"),
    text("table_code", "First part of the code"),
    text("row_code", "Middle part of the code"),
    text("column_code", "Last part of the code"),
    text("value_type", "count, change or amount"),
    text("unit", "Unit that the form prescribes"),
)
