"""Numbers as printed: a null is a dash with its reason, a share shows what it is of."""

from decimal import Decimal

import pytest

from nianbao.site.cells import count, mean, percent, plain, share


def test_a_null_is_a_dash_with_its_reason_and_no_number_for_the_chart() -> None:
    cell = count(None, "blank")
    assert (cell.text, cell.value, cell.why) == ("—", None, "blank")


def test_a_zero_is_a_zero() -> None:
    cell = count(Decimal("0.0000"), "blank")
    assert (cell.text, cell.value, cell.why) == ("0", 0.0, "")


def test_a_share_shows_numerator_and_denominator() -> None:
    cell = share(3, 1200, "nothing")
    assert (cell.text, cell.small) == ("0.2%", "3/1,200")


@pytest.mark.parametrize(("part", "whole"), [(None, 5), (3, None), (0, 0)])
def test_no_share_without_both_or_over_zero(part: int | None, whole: int | None) -> None:
    cell = share(part, whole, "why")
    assert (cell.text, cell.value, cell.why) == ("—", None, "why")


def test_little_is_not_rounded_to_nothing_nor_most_to_all() -> None:
    assert percent(1, 100_000) == "<0.1%"
    assert percent(99_999, 100_000) == ">99.9%"
    assert (percent(0, 7), percent(7, 7)) == ("0.0%", "100.0%")


def test_decimals_stand_only_where_they_say_something() -> None:
    assert plain(Decimal("1234.5000")) == "1,234.5"
    assert plain(Decimal("1234.0000")) == "1,234"


def test_an_average_shows_its_total_and_count() -> None:
    assert mean(10, 4, "").small == "10/4"
    assert mean(None, 0, "no report").why == "no report"
