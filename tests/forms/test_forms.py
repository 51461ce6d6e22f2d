"""The form files hold the whole official forms, each cell once."""

import pytest

from nianbao.errors import ConfigurationError
from nianbao.forms import Form, form_for_year, load_form, load_forms


@pytest.fixture(params=["2014", "2019", "2021"])
def form(request: pytest.FixtureRequest) -> Form:
    return load_form(request.param)


@pytest.mark.parametrize(
    ("name", "proactive", "applications", "reviews"), [("2019", 22, 161, 15), ("2021", 10, 175, 15)]
)
def test_the_counts_of_the_official_form(
    name: str, proactive: int, applications: int, reviews: int
) -> None:
    required = [cell.table for cell in load_form(name).cells.values() if not cell.optional]
    assert [required.count(table) for table in ("proactive", "applications", "reviews")] == [
        proactive,
        applications,
        reviews,
    ]


@pytest.mark.parametrize("name", ["2019", "2021"])
def test_six_sections_in_order(name: str) -> None:
    assert [section.number for section in load_form(name).sections] == [1, 2, 3, 4, 5, 6]


def test_every_indicator_of_the_statistics_table_has_its_unit() -> None:
    cells = load_form("2014").cells
    assert len(cells) == 58
    assert all(cell.unit for cell in cells.values())
    assert {code for code, cell in cells.items() if cell.value_type == "amount"} == {
        "statistics.fees_collected",
        "statistics.budget",
    }


def test_short_codes_are_short_and_unique(form: Form) -> None:
    codes = [cell.short_code for cell in form.cells.values()]
    assert len(set(codes)) == len(codes)
    assert max(map(len, codes)) <= 32


def test_every_label_has_its_english_name(form: Form) -> None:
    assert all(all(row.path_en) for table in form.tables for row in table.rows)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2014, "2014"),
        (2018, "2014"),
        (2019, "2019"),
        (2020, "2019"),
        (2021, "2021"),
        (2030, "2021"),
    ],
)
def test_the_form_of_a_year(year: int, name: str) -> None:
    found = form_for_year(year)
    assert found is not None
    assert found.name == name


def test_years_without_a_known_form() -> None:
    assert form_for_year(2012) is None


def test_an_unknown_form_is_our_own_fault() -> None:
    with pytest.raises(ConfigurationError):
        load_form("1999")


def test_forms_come_oldest_first() -> None:
    assert list(load_forms()) == sorted(load_forms())
