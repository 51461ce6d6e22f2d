"""Codes, names and years of the administrative divisions."""

import pytest

from nianbao.divisions import division_names, division_of, load_divisions
from nianbao.errors import ConfigurationError


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("370983", None, "肥城市"),
        ("330103", 2020, "下城区"),
        ("330105", 2021, "拱墅区"),
        ("130503", 2019, "桥西区"),
        ("130503", 2020, "信都区"),
        ("410711", 2008, "牧野区"),
    ],
)
def test_a_code_has_the_name_of_its_year(code: str, year: int | None, name: str) -> None:
    assert division_of(code, year).name == name


@pytest.mark.parametrize(("code", "year"), [("330103", 2021), ("330113", 2020), ("999999", None)])
def test_a_code_that_is_not_in_force_is_an_error(code: str, year: int | None) -> None:
    with pytest.raises(ConfigurationError, match=code):
        division_of(code, year)


def test_parents_are_the_province_and_the_prefecture() -> None:
    assert division_of("370983").parents == ("370000", "370900")
    assert division_of("370900").parents == ("370000",)
    assert division_of("370000").parents == ()


def test_every_province_above_is_in_the_table() -> None:
    divisions = load_divisions()
    assert {f"{code[:2]}0000" for code in divisions} <= divisions.keys()


def test_one_code_has_one_name_a_year() -> None:
    for code, known in load_divisions().items():
        for year in range(2013, 2026):
            assert sum(division.in_force(year) for division in known) <= 1, (code, year)


def test_names_of_all_years_are_known() -> None:
    assert {"下城区", "拱墅区", "乌苏市", "二七区"} <= division_names()
