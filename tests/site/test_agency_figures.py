"""An agency's series: every gap has its reason, and forms that don't compare are marked."""

from datetime import date
from decimal import Decimal
from typing import Any

from nianbao.site.agency_figures import AgencyFigures
from nianbao.site.agency_rows import AgencyRows
from nianbao.site.figure import Cell, Figure
from nianbao.site.series import titles_of
from nianbao.site.words import words_of

BREAKS = {
    ("received", "2014", "2019"): {"comparability": "approximate"},
    ("refused", "2019", "2021"): {"comparability": "none"},
}


def report(year: int, form: str, scope: str = "agency") -> dict[str, Any]:
    return {"report_year": year, "scope": scope, "form": form}


def value(year: int, measure: str, number: int | None, cells: int = 1) -> dict[str, Any]:
    return {
        "scope": "agency",
        "report_year": year,
        "measure": measure,
        "value": None if number is None else Decimal(number),
        "cells": cells,
    }


def figures(**rows: Any) -> AgencyFigures:
    words = words_of("en")
    agency = AgencyRows("some-id", {}, **rows)
    return AgencyFigures(words, titles_of(words, []), BREAKS, ("2014", "2019", "2021"), agency)


def cell(figure: Figure, measure: str, year: int) -> Cell:
    (table,) = (panel.table for panel in figure.panels)
    place = [column.key for column in table.columns].index(str(year))
    return next(line for line in table.lines if line.key == measure).cells[place]


def test_a_blank_is_a_dash_that_says_blank() -> None:
    made = figures(
        reports=[report(2020, "2019")],
        series=[value(2020, "received", None)],
        gaps=[
            {
                "scope": "agency",
                "report_year": 2020,
                "measure": "received",
                "kind": "blank",
                "cells": 1,
                "example": None,
            }
        ],
    )
    gap = cell(made.series(), "received", 2020)
    assert (gap.text, gap.value, gap.why) == ("—", None, "blank")


def test_a_sum_says_how_many_of_its_cells_are_not_printed() -> None:
    gap = {
        "scope": "agency",
        "report_year": 2020,
        "measure": "refused",
        "kind": "text",
        "cells": 1,
        "example": "1 2",
    }
    made = figures(
        reports=[report(2020, "2019")], series=[value(2020, "refused", None, 8)], gaps=[gap]
    )
    why = cell(made.series(), "refused", 2020).why
    assert "of the 8 cells" in why
    assert "“1 2”" in why


def test_a_measure_that_the_form_does_not_ask_for_says_so() -> None:
    made = figures(reports=[report(2016, "2014")], series=[value(2016, "received", 3)])
    assert cell(made.series(), "refused", 2016).why == "this form has no comparable row"


def test_only_the_status_absent_calls_a_report_missing() -> None:
    years = {2019: "absent", 2020: "not_seen", 2022: "not_due"}
    made = figures(
        reports=[report(2021, "2021")],
        coverage=[
            {"report_year": year, "scope": None, "status": status, "published_on": None}
            for year, status in years.items()
        ],
    )
    why = {year: cell(made.series(), "received", year).why for year in years}
    assert why[2019] == "no report for that year: Absent"
    assert why[2020] == "no report seen for that year"
    assert why[2022] == "no report for that year: Not due"


def test_numbers_that_do_not_compare_with_the_form_before_are_marked() -> None:
    made = figures(
        reports=[
            report(2018, "2014"),
            report(2019, "2019"),
            report(2020, "2019"),
            report(2021, "2021"),
        ],
        series=[
            *(value(year, "received", 5) for year in (2018, 2019, 2020, 2021)),
            *(value(year, "refused", 1) for year in (2019, 2020, 2021)),
        ],
    ).series()
    assert [cell(made, "received", year).mark for year in (2018, 2019, 2020, 2021)] == [
        "",
        "≈",
        "",
        "",
    ]
    assert cell(made, "refused", 2021).mark == "≠"
    assert made.panels[0].charts[0].breaks == (2019, 2021)


def test_years_run_on_where_no_report_is() -> None:
    made = figures(reports=[report(2018, "2014"), report(2021, "2021")]).series()
    assert [column.key for column in made.panels[0].table.columns] == [
        "2018",
        "2019",
        "2020",
        "2021",
    ]


def test_scopes_have_panels_of_their_own() -> None:
    made = figures(reports=[report(2021, "2021", "area"), report(2021, "2021", "own_level")])
    assert [panel.label for panel in made.series().panels] == [
        "Government’s own level",
        "Whole area",
    ]


def test_a_rate_over_zero_is_no_rate_but_shows_both_sides() -> None:
    rate = {
        "scope": "agency",
        "report_year": 2021,
        "rate": "corrected_over_reviews",
        "numerator": Decimal(0),
        "denominator": Decimal(0),
    }
    made = figures(reports=[report(2021, "2021")], rates=[rate])
    shown = cell(made.rates(), "corrected_over_reviews", 2021)
    assert (shown.text, shown.value, shown.small, shown.why) == (
        "—",
        None,
        "0/0",
        "nothing to divide by",
    )


def test_a_late_report_says_how_late() -> None:
    late = {
        "report_year": 2020,
        "scope": "agency",
        "status": "late",
        "published_on": date(2021, 2, 3),
        "deadline": date(2021, 1, 31),
    }
    made = figures(reports=[report(2020, "2019")], coverage=[late])
    assert made.coverage().panels[0].table.lines[0].cells[0].small == "by 3 days"
