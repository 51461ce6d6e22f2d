"""Figures obey every identity of the form, for any seed, size and year."""

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.errors import ConfigurationError
from nianbao.forms import form_for_year, load_form
from nianbao.sample.figures import SCALE, SIZES, draw_sizes, draw_years, figures_for_years
from nianbao.sample.structure import asked_codes, results_of

APPLICANTS = (
    "natural_person",
    "business",
    "research",
    "public_interest",
    "legal_services",
    "other",
)
COLUMNS = (*APPLICANTS, "total")
YEARS = (2019, 2020, 2021, 2022)
RUNS = st.tuples(st.integers(0, 2**32), st.sampled_from(sorted(SIZES)))


@given(RUNS)
@settings(deadline=None, max_examples=25)
def test_every_identity_of_the_form_holds(run):
    for year, figures in figures_for_years(run[0], YEARS, run[1]).items():
        form = form_for_year(year)
        cell = lambda row, column, figures=figures: figures[f"applications.{row}.{column}"]  # noqa: E731
        for column in COLUMNS:
            closed = cell("closed_total", column)
            assert cell("received", column) + cell("carried_in", column) == closed + cell(
                "carried_out", column
            )
            assert closed == sum(cell(row, column) for row in results_of(form))
        for row in (row.code for row in form.table("applications").rows if not row.optional):
            assert cell(row, "total") == sum(cell(row, applicant) for applicant in APPLICANTS)
        for block in ("review", "litigation_direct", "litigation_after_review"):
            outcomes = [
                figures[f"reviews.{block}.{o}"] for o in ("upheld", "corrected", "other", "pending")
            ]
            assert figures[f"reviews.{block}.total"] == sum(outcomes)


@given(RUNS)
@settings(deadline=None, max_examples=25)
def test_each_year_carries_in_what_the_last_carried_out_over_the_change_of_form(run):
    years = figures_for_years(run[0], YEARS, run[1])
    for before, after in pairwise(YEARS):
        for column in COLUMNS:
            left = years[before][f"applications.carried_out.{column}"]
            assert years[after][f"applications.carried_in.{column}"] == left


@given(RUNS)
@settings(deadline=None, max_examples=25)
def test_counts_are_whole_and_only_changes_may_be_negative(run):
    for year, figures in figures_for_years(run[0], YEARS, run[1]).items():
        cells = form_for_year(year).cells
        for code, value in figures.items():
            assert cells[code].value_type == "amount" or value == int(value)
            assert cells[code].value_type == "change" or value >= 0


def test_a_form_has_nineteen_or_twenty_one_result_rows():
    assert len(results_of(load_form("2019"))) == 19
    assert len(results_of(load_form("2021"))) == 21


def test_the_same_seed_gives_the_same_figures():
    assert figures_for_years(7, YEARS, "medium") == figures_for_years(7, YEARS, "medium")
    assert figures_for_years(7, YEARS, "medium") != figures_for_years(8, YEARS, "medium")


def test_an_agency_without_applications_prints_zeros_only():
    assert set(figures_for_years(1, YEARS, "none")[2022].values()) == {Decimal(0)}


def test_many_agencies_are_drawn_at_once():
    rng = np.random.default_rng(3)
    drawn = list(draw_years(rng, YEARS, draw_sizes(rng, 500)))
    assert [year for year, _, _ in drawn] == list(YEARS)
    for _, form, figures in drawn:
        assert figures.shape == (500, len(asked_codes(form)))
        received = figures[:, asked_codes(form).index("applications.received.total")]
        assert received.max() > 400 * SCALE
        assert np.mean(received == 0) > 0.3


def test_a_year_without_a_form_is_refused():
    with pytest.raises(ConfigurationError, match="1999"):
        figures_for_years(1, (1999,), "small")
