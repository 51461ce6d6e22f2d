"""Sections that are one text with another report's."""

from sqlalchemy import Column, Double, SmallInteger

from nianbao.warehouse.tables.base import table, text, version_key

copied_sections = table(
    "copied_sections",
    "Sections whose text is that of the year before or of another agency, by their signatures, with "
    "both passages; each has one row per kind, for the most similar",
    text("kind", "last_year or other_agency", nullable=False),
    Column("similarity", Double, comment="Share of equal places of the two signatures, 0 to 1"),
    *version_key(),
    text("code", "Statutory section"),
    text("location", "Place of the section in the document"),
    text("text", "The passage"),
    text("other_report_id", "Report that has the same text"),
    text("other_sha256", "Its document"),
    Column("other_ordinal", SmallInteger, comment="Report of that document, from one"),
    text("other_location", "Place of its section"),
    text("other_text", "Its passage"),
    content=False,  # worked out from the sections
)
