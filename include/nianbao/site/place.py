"""The pages of places from what the queries gave for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.site.addresses import CHINA
from nianbao.site.figure import Figure
from nianbao.site.listings import bodies_table, not_read
from nianbao.site.pages import PlacePage
from nianbao.site.place_figures import PlaceFigures
from nianbao.site.places import Places
from nianbao.site.series import Titles
from nianbao.site.warehouse import Row, Warehouse
from nianbao.site.words import Words

QUERIES = (
    "coverage_by_year",
    "coverage_by_part",
    "place_bodies",
    "outcomes_by_year",
    "refusals_by_year",
    "quality_by_year",
    "failed_rules",
)

PlaceRows = Mapping[str, Sequence[Row]]
"""Rows by query."""


def place_rows(warehouse: Warehouse, codes: Sequence[str]) -> dict[str, PlaceRows]:
    """Return what the queries give for some places, one query at a time for all of them."""
    found: dict[str, dict[str, list[Row]]] = {code: defaultdict(list) for code in codes}
    for query in QUERIES:
        for row in warehouse.rows(query, places=codes):
            found[row["place"]][query].append(row)
    return {code: dict(rows) for code, rows in found.items()}


@dataclass(frozen=True)
class PlacePages:
    """Makes the pages of places in one language."""

    words: Words
    titles: Titles
    places: Places
    forms: Sequence[str]
    """The official forms by their first report year, oldest first."""

    def page(
        self, code: str, rows: PlaceRows, totals: Row | None, unread: Sequence[Row]
    ) -> PlacePage:
        """Return a place's page; the facts of the whole version stand on that of the country."""
        w = self.words
        china = code == CHINA
        figures = self._figures(code, rows)
        return PlacePage(
            address=self.places.page(code),
            title=w("site.title") if china else self.places.name(code),
            code="" if china else code,
            above=[(self._name(held), self.places.page(held)) for held in self.places.way(code)],
            note=self._note(code, rows),
            facts=self._facts(totals) if totals else (),
            figures=(*figures, not_read(w, unread)) if china else figures,
        )

    def nowhere(self, rows: PlaceRows) -> PlacePage:
        """Return the page of the bodies whose place is not known."""
        return PlacePage(
            address="places/none.html",
            title=self.words("place.none"),
            charts=False,
            above=[(self._name(CHINA), "index.html")],
            figures=[bodies_table(self.words, rows.get("place_bodies", ()), CHINA)],
        )

    def _figures(self, code: str, rows: PlaceRows) -> tuple[Figure, ...]:
        starts = tuple(int(form) for form in self.forms[1:])
        make = PlaceFigures(self.words, code, self.places, starts)
        figures = [make.coverage(rows.get("coverage_by_year", ()))]
        if code[4:] == "00":
            figures.append(make.parts(rows.get("coverage_by_part", ())))
        if code != CHINA:
            figures.append(bodies_table(self.words, rows.get("place_bodies", ()), code))
        outcomes = rows.get("outcomes_by_year", ())
        return (
            *figures,
            make.received(outcomes),
            make.outcomes(outcomes),
            make.refusals(rows.get("refusals_by_year", ()), self.titles),
            make.quality(rows.get("quality_by_year", ())),
            make.rules(rows.get("failed_rules", ())),
        )

    def _note(self, code: str, rows: PlaceRows) -> str:
        last = self.places.years.get(code)
        newest = max(self.places.years.values(), default=0)
        if last is None or last >= newest or code[4:] == "00":
            return ""
        return self.words("place.renamed", year=last)

    def _facts(self, totals: Row) -> list[tuple[str, str, str]]:
        w = self.words
        years = f"{totals['first_year']}–{totals['last_year']}" if totals["reports"] else "—"
        return [
            (w("facts.reports"), f"{totals['reports']:,}", ""),
            (
                w("facts.bodies"),
                f"{totals['bodies_with_reports']:,}",
                w("facts.of_bodies", n=f"{totals['bodies']:,}"),
            ),
            (w("facts.years"), years, ""),
            (
                w("facts.failing"),
                f"{totals['reports_with_errors']:,}",
                w("facts.of_reports", n=f"{totals['checked']:,}"),
            ),
            (w("facts.not_read"), f"{totals['not_read']:,}", w("facts.place_not_read")),
        ]

    def _name(self, code: str) -> str:
        return self.words("site.china") if code == CHINA else self.places.name(code)
