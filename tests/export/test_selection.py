"""A part of a version: years, a place with all below it, one agency by any of its names."""

import csv
from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError
from nianbao.export.run import Order, export
from nianbao.export.selection import Selection, parse_years
from nianbao.export.source import Published
from support.export_world import COUNTY, OFFICE, PLACE


def column(folder: Path, name: str, wanted: str) -> set[str]:
    with (folder / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row[wanted] for row in csv.DictReader(file)}


def export_csv(source: Published, folder: Path, **selected: object) -> Path:
    export(source, Order.of(("csv",), **selected), folder / "out")
    return folder / "out"


@pytest.mark.parametrize(
    ("text", "years"),
    [("", ()), ("2021", (2021,)), ("2019-2021", (2019, 2020, 2021)), ("2021, 2019", (2019, 2021))],
)
def test_years_as_people_write_them(text: str, years: tuple[int, ...]) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["21", "2021-2019", "all", "2021;2022"])
def test_what_is_no_year_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError):
        parse_years(text)


def test_only_the_years_asked_for(source: Published, tmp_path: Path) -> None:
    out = export_csv(source, tmp_path, years=(2020, 2022))
    assert column(out, "reports", "report_year") == {"2020", "2022"}
    assert column(out, "report_cells", "report_id") <= column(out, "reports", "report_id")


@pytest.mark.parametrize("place", [COUNTY, "620100", "620000", "榆中县"])
def test_a_place_by_its_code_or_name_and_by_what_is_above_it(
    source: Published, tmp_path: Path, place: str
) -> None:
    out = export_csv(source, tmp_path, place=place)
    assert column(out, "reports", "organisation") == {OFFICE}
    assert column(out, "organisations", "org_id") == {PLACE.id}


@pytest.mark.parametrize("agency", [PLACE.id, OFFICE])
def test_an_agency_by_its_id_or_name(source: Published, tmp_path: Path, agency: str) -> None:
    out = export_csv(source, tmp_path, agency=agency)
    assert column(out, "report_versions", "org_id") == {PLACE.id}


def test_a_table_over_all_organisations_is_not_given_as_one_of_a_place(
    source: Published, tmp_path: Path
) -> None:
    out = export_csv(source, tmp_path, place=COUNTY)
    assert not (out / "csv" / "check_summary.csv").exists()
    assert (out / "csv" / "cell_dictionary.csv").exists()


@pytest.mark.parametrize(
    "selected",
    [
        {"place": "659999"},
        {"place": "鼓楼区"},
        {"place": "无此地"},
        {"agency": "无此局"},
        {"place": COUNTY, "agency": OFFICE},
    ],
)
def test_what_is_not_known_is_refused(
    source: Published, tmp_path: Path, selected: dict[str, str]
) -> None:
    with pytest.raises(ConfigurationError):
        export_csv(source, tmp_path, **selected)
    assert not (tmp_path / "out").exists()


def test_a_selection_has_a_name_for_files() -> None:
    assert Selection(years=(2021,), place="370983").name == "place-370983_years-2021"
    assert Selection(agency="某局/../x").name.isascii()
    assert "/" not in Selection(agency="某局/../x").name
