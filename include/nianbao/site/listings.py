"""Figures that are lists: the bodies of a place, and the documents that gave no report."""

from collections.abc import Sequence

from nianbao.privacy import masked
from nianbao.site.addresses import CHINA, agency_page
from nianbao.site.cells import count, text
from nianbao.site.figure import Cell, Column, Figure, Line, Panel, Table
from nianbao.site.warehouse import Row
from nianbao.site.words import Words


def not_read(words: Words, rows: Sequence[Row]) -> Figure:
    """Return the documents that gave no report, by the reason."""
    lines = tuple(
        Line(
            row["code"], row["code"], (count(row["documents"]), text(masked(row["example"] or "")))
        )
        for row in rows
    )
    columns = (
        Column("documents", words("column.documents")),
        Column("example", words("column.example"), "words"),
    )
    panels = (Panel("", Table(words("column.reason"), columns, lines)),) if lines else ()
    return Figure("unread", words("unread.title"), "not_read", panels, words("unread.text"))


def bodies_table(words: Words, rows: Sequence[Row], place: str) -> Figure:
    """Return the bodies that lie directly in a place, with links to their pages."""
    lines = tuple(
        Line(
            row["org_id"],
            row["name"],
            (
                text(words.name("kind", row["kind"])),
                count(row["years"]),
                Cell(str(row["last_year"] or "—")),
                count(row["errors"], css="error-count" if row["errors"] else ""),
            ),
            href=agency_page(row["org_id"]),
        )
        for row in rows
    )
    keys = ("years_seen", "last_year", "errors")
    columns = (
        Column("kind", words("column.kind"), "words"),
        *(Column(key, words(f"column.{key}")) for key in keys),
    )
    table = Table(words("column.agency"), columns, lines)
    title = words("place.none") if place == CHINA else words("place.bodies")
    return Figure(
        "bodies",
        title,
        "place_bodies",
        (Panel("", table),) if lines else (),
        words("place.bodies_text"),
        variables={"places": place},
    )
