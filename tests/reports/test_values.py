"""A cell's text is a number, a blank, a stroke or text; nothing is guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.reports.values import read_value


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0", 0, None),
        (" 0 ", 0, None),
        ("\u3000\u3000\n0", 0, None),
        ("１２", 12, None),
        ("1,234", 1234, None),
        ("减5", -5, None),
        ("增4", 4, None),
        ("+4", 4, None),
        ("↓3", -3, None),
        ("- 5", -5, None),
        ("0 件", 0, "件"),
        ("5030元", 5030, "元"),
        ("311.97万元", Decimal("311.97"), "万元"),
    ],
)
def test_numbers(text: str, value: Decimal, unit: str | None) -> None:
    read = read_value(text)
    assert (read.kind, read.value, read.unit) == ("number", value, unit)


def test_an_annotation_stays_with_its_number() -> None:
    read = read_value("22（其中修订16件）")
    assert (read.value, read.note, read.raw) == (22, "其中修订16件", "22（其中修订16件）")


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000\n\u3000", "\u200b"])
def test_white_space_is_blank_and_not_zero(text: str) -> None:
    assert (read_value(text).kind, read_value(text).value) == ("blank", None)


@pytest.mark.parametrize("text", ["/", "-", "—", "--", "无", "不适用", "不涉及", "－"])
def test_strokes_are_not_zero_and_stay_as_printed(text: str) -> None:
    read = read_value(f" {text} ")
    assert (read.kind, read.value, read.raw) == ("dash", None, text)


@pytest.mark.parametrize(
    "text", ["2 0", "12abc", "1,23", "1.23456", "10" * 10, "3、4", "约5", "5①", "5²", "½"]
)
def test_what_is_not_surely_a_number_stays_text(text: str) -> None:
    assert (read_value(text).kind, read_value(text).value) == ("text", None)


@given(st.integers(min_value=0, max_value=10**13))
def test_every_count_survives(number: int) -> None:
    assert read_value(str(number)).value == number
    assert read_value(f"{number:,}").value == number


@given(st.text(max_size=40))
def test_any_text_has_a_kind_and_only_numbers_a_value(text: str) -> None:
    read = read_value(text)
    assert (read.value is not None) == (read.kind == "number")
