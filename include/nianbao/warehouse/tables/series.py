"""What can be followed over the years, and how far the forms compare."""

from sqlalchemy import Column, SmallInteger

from nianbao.warehouse.tables.base import table, text

measures = table(
    "measures",
    "What can be followed over the years, over all forms; rates are among them, as family rates",
    text(
        "measure",
        "Code of the measure or rate; the name of its column in the views",
        nullable=False,
    ),
    text("title_zh", "Title"),
    text("title_en", "The same in English"),
    text("unit", "Unit of its value; ratio for a rate"),
    text("family", "What it belongs to: applications, outcomes, reviews, …"),
    text("family_zh", "Title of the family"),
    text("family_en", "The same in English"),
    text("note_zh", "What to mind; null where nothing"),
    text("note_en", "The same in English"),
)

measure_cells = table(
    "measure_cells",
    "What each measure is made of: on each form the cells that are added up",
    text("measure", "Measure", nullable=False),
    text("form", "First report year of the form", nullable=False),
    Column(
        "alternative",
        SmallInteger,
        comment="Of several ways to print a measure the first that is printed whole counts",
    ),
    Column("sign", SmallInteger, comment="1 where the cell is added, -1 where it is taken away"),
    text("code", "Cell code, see cell_dictionary", nullable=False),
)

rate_measures = table(
    "rate_measures",
    "What each rate is made of: the measures of its numerator and of its denominator",
    text("rate", "Rate", nullable=False),
    text("side", "numerator or denominator"),
    Column("sign", SmallInteger, comment="1 where the measure is added, -1 where it is taken away"),
    text("measure", "Measure", nullable=False),
)

comparability = table(
    "comparability",
    "How far each measure, and each rate, compares between two forms; one row per pair of forms",
    text("measure", "Measure or rate", nullable=False),
    text("from_form", "First report year of the earlier form", nullable=False),
    text("to_form", "First report year of the later form", nullable=False),
    text("comparability", "exact, approximate or none; a rate is as weak as its weakest measure"),
    text("note", "Why"),
    text("note_zh", "The same in Chinese"),
)
