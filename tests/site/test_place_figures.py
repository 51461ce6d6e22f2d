"""The figures of a place: shares with their counts, scopes and levels apart."""

from typing import Any

from nianbao.site.coverage_figures import gradient
from nianbao.site.place_figures import PlaceFigures
from nianbao.site.places import Places, places_of
from nianbao.site.words import words_of

FIGURES = PlaceFigures(
    words_of("en"), "330000", Places({"330000": "浙江省", "330100": "杭州市"}, {})
)


def outcomes(scope: str, level: str, year: int, **values: Any) -> dict[str, Any]:
    empty = dict.fromkeys(
        (
            "granted",
            "partly_granted",
            "refused",
            "unavailable",
            "not_processed",
            "other",
            "received",
        )
    )
    given = {"reports": 3, "readable": 2, "received_readable": 2, "old_form": False, **values}
    return {"scope": scope, "level": level, "report_year": year, **empty, **given}


def test_what_is_due_leaves_out_those_who_need_not_report_and_those_nobody_listed() -> None:
    rows = [
        {"scope": "agency", "report_year": 2020, "status": status, "reports": reports}
        for status, reports in [("on_time", 4), ("not_seen", 3), ("not_due", 9), ("unlisted", 2)]
    ]
    (line,) = FIGURES.coverage(rows).panels[0].table.lines
    assert [cell.text for cell in line.cells] == ["4", "0", "0", "0", "3", "9", "2", "7"]


def test_a_part_shows_those_seen_of_those_due() -> None:
    rows = [
        {
            "scope": "area",
            "part": "330100",
            "report_year": 2020,
            "status": status,
            "reports": reports,
        }
        for status, reports in [("late", 1), ("date_unknown", 1), ("absent", 2)]
    ]
    figure = FIGURES.parts(rows)
    (line,) = figure.panels[0].table.lines
    assert (line.label, line.href) == ("杭州市", "places/330100.html")
    assert line.cells[0].text == "2/4"
    assert "Absent 2" in line.cells[0].small


def test_scopes_and_levels_are_panels_and_never_a_sum() -> None:
    rows = [
        outcomes("agency", "county", 2021, received=10),
        outcomes("agency", "province", 2021, received=5),
        outcomes("area", "county", 2021, received=100),
    ]
    panels = FIGURES.received(rows).panels
    assert {panel.label for panel in panels} == {
        "Agency, county",
        "Agency, province",
        "Whole area, county",
    }
    shown = {panel.table.lines[0].cells[1].value for panel in panels}
    assert shown == {10.0, 5.0, 100.0}


def test_outcomes_are_shares_of_the_reports_that_give_all_of_them() -> None:
    whole = dict(zip(("granted", "partly_granted", "refused", "unavailable", "not_processed", "other"),
                     (5, 1, 2, 1, 1, 0), strict=True))  # fmt: skip
    (panel,) = FIGURES.outcomes([outcomes("agency", "county", 2021, **whole)]).panels
    cells = panel.table.lines[0].cells
    assert (cells[0].text, cells[0].small) == ("50.0%", "5/10")
    assert [cell.text for cell in cells[-3:]] == ["10", "2", "3"]


def test_a_year_without_a_usable_report_has_no_share() -> None:
    rows = [
        outcomes("agency", "county", 2018, old_form=True),
        outcomes("agency", "county", 2019, readable=0),
    ]
    lines = FIGURES.outcomes(rows).panels[0].table.lines
    assert lines[0].cells[0].why == "this form has no comparable row"
    assert lines[1].cells[0].why == "no usable report"


def test_bars_are_in_proportion() -> None:
    assert (
        gradient([("#a", 1), ("#b", 0), ("#c", 3)])
        == "linear-gradient(90deg,#a 0% 25%,#c 25% 100%)"
    )


def test_a_county_lies_in_its_prefecture_and_province() -> None:
    names = {"province": "浙江省", "prefecture": "杭州市", "county": "拱墅区"}
    beijing = {"province": "北京市", "prefecture": None, "county": "东城区"}
    places = places_of(
        [
            {"place": "330105", "last_year": 2023, **names},
            {"place": "110101", "last_year": 2023, **beijing},
        ]
    )
    assert places.above("330105") == ["330000", "330100"]
    assert places.above("110101") == ["110000"]
    assert places.below("000000") == ["110000", "330000"]
    assert places.within("330000") == ["330000", "330100", "330105"]
