"""A blank is inferred where it can be one number only, and stays a blank."""

import numpy as np
import pytest

from nianbao.forms import load_form
from nianbao.sample.figures import draw_years
from nianbao.sample.structure import asked_codes
from nianbao.warehouse.cells.deduce import deduce
from nianbao.warehouse.cells.numbering import DEDUCTIONS, KINDS, form_numbers
from support.deduce_plainly import deduce_plainly

ROW = [
    f"applications.received.{applicant}"
    for applicant in (
        "natural_person", "business", "research", "public_interest", "legal_services", "other", "total",
    )
]  # fmt: skip


def inferred(
    form: str, kinds: dict[str, str], values: dict[str, int]
) -> dict[str, tuple[int, str]]:
    """Ask the module for one report; what is not named is missing."""
    codes = list(load_form(form).cells)
    k = np.array([[KINDS.index(kinds.get(code, "missing")) + 1 for code in codes]], np.uint8)
    v = np.array([[values.get(code, 0) for code in codes]], np.int64)
    found = deduce(form, k, v)
    return {
        codes[place]: (int(value), DEDUCTIONS[by - 1])
        for place, value, by in zip(found.places, found.values, found.deductions, strict=True)
    }


def row(*printed: object) -> tuple[dict[str, str], dict[str, int]]:
    """Return a row of the applications: a number, or the kind of what stands there."""
    cells = dict(zip(ROW, printed, strict=True))
    kinds = {code: cell if isinstance(cell, str) else "number" for code, cell in cells.items()}
    return kinds, {code: cell for code, cell in cells.items() if isinstance(cell, int)}


def test_blanks_are_zero_where_the_printed_parts_reach_the_total() -> None:
    found = inferred("2021", *row(3, "blank", "dash", 0, "blank", 2, 5))
    assert found == {ROW[place]: (0, "row_sum") for place in (1, 2, 4)}


def test_the_only_blank_is_the_difference() -> None:
    assert inferred("2021", *row(3, "blank", 0, 0, 0, 0, 5)) == {ROW[1]: (2, "row_sum")}


@pytest.mark.parametrize(
    "printed",
    [
        (3, "blank", "blank", 0, 0, 0, 5),  # either may be the two
        (3, "blank", "text", 0, 0, 0, 3),  # the unread cell may hold any number
        (3, "blank", "missing", 0, 0, 0, 3),
        (6, "blank", 0, 0, 0, 0, 5),  # the parts are too many already
        (3, "blank", 0, 0, 0, 0, "blank"),
        (-1, "blank", 0, 0, 0, 0, -1),  # no count is below zero
    ],
)
def test_what_may_be_several_numbers_is_not_inferred(printed: tuple[object, ...]) -> None:
    assert inferred("2021", *row(*printed)) == {}


def test_a_total_that_is_not_printed_is_not_made_up() -> None:
    assert inferred("2021", *row(1, 0, 0, 0, 0, 0, "blank")) == {}


def test_what_is_inferred_helps_to_infer_more() -> None:
    kinds, values = row(2, 0, 0, 0, 0, 0, 2)
    column = ["carried_in", "closed_total", "carried_out"]
    for name, cell in zip(column, ("blank", 4, 0), strict=True):
        code = f"applications.{name}.natural_person"
        kinds[code] = cell if isinstance(cell, str) else "number"
        values |= {code: cell} if isinstance(cell, int) else {}
    for applicant in (
        "business",
        "research",
        "public_interest",
        "legal_services",
        "other",
        "total",
    ):
        code = f"applications.carried_in.{applicant}"
        kinds[code], values[code] = "number", 2 if applicant == "total" else 0
    kinds["applications.carried_in.business"] = "blank"
    found = inferred("2021", kinds, values)
    assert found["applications.carried_in.natural_person"] == (2, "column_balance")
    assert found["applications.carried_in.business"] == (0, "row_sum")


def test_where_two_sums_disagree_nothing_of_the_table_is_inferred() -> None:
    kinds, values = row("blank", 0, 0, 0, 0, 0, 5)
    for name, number in (("carried_in", 0), ("closed_total", 4), ("carried_out", 0)):
        code = f"applications.{name}.natural_person"
        kinds[code], values[code] = "number", number
    assert inferred("2021", kinds, values) == {}


def test_a_block_of_reviews_is_inferred_whatever_the_applications_say() -> None:
    codes = [f"reviews.review.{c}" for c in ("upheld", "corrected", "other", "pending", "total")]
    kinds = dict(zip(codes, ("number", "blank", "blank", "blank", "number"), strict=True))
    found = inferred("2019", kinds, {codes[0]: 1, codes[4]: 1})
    assert found == dict.fromkeys(codes[1:4], (0, "reviews_sum"))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_many_reports_at_once_give_what_a_person_finds_one_by_one(form: str, seed: int) -> None:
    rng, numbers, reports = np.random.default_rng(seed), form_numbers()[form], 60
    year, means = (2019 if form == "2019" else 2021), np.full(reports, (0.5, 3.0)[seed % 2])
    [(_, made, figures)] = draw_years(rng, [year], means)
    places = [numbers.places[code] for code in asked_codes(made)]
    values = np.zeros((reports, numbers.width), np.int64)
    values[:, places] = figures
    kinds = np.full(values.shape, KINDS.index("missing") + 1, np.uint8)
    kinds[:, places] = 1
    # Blanks everywhere, some cells unread, some numbers wrong, the group of （六） printed as one row.
    drawn = rng.random(values.shape)
    blanks = rng.random((reports, 1)) * 0.6
    kinds[(drawn < blanks) & (kinds == 1)] = 2
    kinds[(drawn > 0.995) & (kinds == 1)] = 4
    wrong = (rng.random(values.shape) > 0.997) & (kinds == 1)
    values[wrong] += 10_000
    values[kinds != 1] = 0
    found: list[dict[str, tuple[int, str]]] = [{} for _ in range(reports)]
    deduced, codes = deduce(form, kinds, values), list(numbers.places)
    for at, place, value, by in zip(
        deduced.rows, deduced.places, deduced.values, deduced.deductions, strict=True
    ):
        found[at][codes[place]] = (int(value), DEDUCTIONS[by - 1])
    for at in range(reports):
        own_kinds = {code: KINDS[kinds[at, place] - 1] for code, place in numbers.places.items()}
        own = {code: int(values[at, place]) for code, place in numbers.places.items()}
        assert found[at] == deduce_plainly(numbers.form, own_kinds, own), at
    assert sum(map(len, found)) > 50
