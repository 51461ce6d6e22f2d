"""What is declared to be followed over the years fits the forms, and every pair of forms is spoken of."""

from itertools import combinations

import pytest
import yaml

from nianbao.errors import ConfigurationError
from nianbao.forms import load_forms
from nianbao.warehouse.series import load_series
from nianbao.warehouse.series.measures import series_from

PAIRS = list(combinations(load_forms(), 2))
SMALL = {
    "families": {"f": {"zh": "族", "en": "Family"}},
    "standing_notes": {
        name: {"zh": name, "en": name} for name in ("only_earlier", "only_later", "neither", "same")
    },
    "measures": {
        "received": {
            "zh": "收",
            "en": "Received",
            "unit": "件",
            "family": "f",
            "cells": {
                "2014": ["statistics.received"],
                "2019": ["applications.received.total"],
                "2021": ["applications.received.total"],
            },
        }
    },
    "comparability": {
        "2014-2019": {"received": {"is": "approximate", "zh": "甲", "en": "a"}},
        "2019-2021": {"received": {"is": "approximate", "zh": "乙", "en": "b"}},
    },
    "rates": {},
}


def changed(**changes: object) -> str:
    return yaml.safe_dump({**SMALL, **changes}, allow_unicode=True)


def compared(text: str) -> dict[tuple[str, str], tuple[str, str]]:
    return {(c.from_form, c.to_form): (c.degree, c.note_en) for c in series_from(text).comparisons}


def test_every_cell_of_every_measure_is_one_of_its_form() -> None:
    forms = load_forms()
    unknown = [
        (measure.code, form, code)
        for measure in load_series().measures.values()
        for form, alternatives in measure.cells.items()
        for terms in alternatives
        for _, code in terms
        if code not in forms[form].cells
    ]
    assert not unknown


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_measure_and_rate_is_compared_over_every_pair_of_forms(pair: tuple[str, str]) -> None:
    series = load_series()
    spoken_of = [c.measure for c in series.comparisons if (c.from_form, c.to_form) == pair]
    assert spoken_of == [*series.measures, *series.rates]


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_only_what_both_forms_have_compares(pair: tuple[str, str]) -> None:
    series = load_series()
    degrees = {c.measure: c.degree for c in series.comparisons if (c.from_form, c.to_form) == pair}
    for measure in series.measures.values():
        assert (degrees[measure.code] != "none") == (set(pair) <= set(measure.forms)), measure.code


def test_whatever_is_not_exact_says_why_in_both_languages() -> None:
    silent = [
        c.measure
        for c in load_series().comparisons
        if c.degree != "exact" and not (c.note_en and c.note_zh)
    ]
    assert not silent


@pytest.mark.parametrize(
    ("measure", "form", "cells"),
    [
        # The crosswalk of 2014: what was already public counts as granted, a trade secret and
        # privacy are third parties, and what is elsewhere or nowhere is not held.
        ("granted", "2014", ["already_public", "granted"]),
        ("refused_third_party", "2014", ["refused.trade_secret", "refused.privacy"]),
        ("refused_law_forbids", "2014", ["refused.other_law"]),
        ("unavailable_not_held", "2014", ["not_this_body", "not_existing"]),
        ("closed_total", "2014", ["closed"]),
        ("litigation_corrected", "2014", ["litigation.corrected"]),
    ],
)
def test_the_crosswalk_from_the_form_of_2014(measure: str, form: str, cells: list[str]) -> None:
    [terms] = load_series().measures[measure].cells[form]
    assert terms == tuple((1, f"statistics.{cell}") for cell in cells)


@pytest.mark.parametrize(
    "measure", ["refused", "unavailable_unclear", "review_total", "administrative_fees"]
)
def test_what_the_form_of_2014_counts_otherwise_is_no_part_of_the_measure(measure: str) -> None:
    assert "2014" not in load_series().measures[measure].cells


def test_two_steps_are_as_weak_as_the_weaker_one() -> None:
    assert compared(changed())["2014", "2021"] == ("approximate", "a; b")


def test_a_rate_is_as_weak_as_its_weakest_measure() -> None:
    rate = {"zh": "率", "en": "R", "over": ["received"], "under": ["received"]}
    text = changed(rates={"r": {**rate, "note_zh": "注", "note_en": "n"}})
    [found] = [c for c in series_from(text).comparisons if (c.measure, c.to_form) == ("r", "2019")]
    assert (found.degree, found.note_en) == ("approximate", "received: a")


def measure(**changes: object) -> dict[str, object]:
    return {"received": {**SMALL["measures"]["received"], **changes}}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        (
            {"measures": measure(cells={"2014": ["statistics.nothing"]})},
            "no cell statistics.nothing",
        ),
        ({"measures": measure(family="g")}, "no family g"),
        ({"comparability": {}}, "not compared"),
        (
            {"measures": measure(cells={"2014": ["statistics.received"]})},
            "compared from 2014 to 2019, but not on both",
        ),
        (
            {
                "comparability": {
                    **SMALL["comparability"],
                    "2014-2019": {"received": {"is": "approximate"}},
                }
            },
            "without a note",
        ),
        ({"rates": {"a_rate_with_a_name_too_long_for_it": {}}}, "rates"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(changes: dict, complaint: str) -> None:
    with pytest.raises(ConfigurationError, match=complaint):
        series_from(changed(**changes))
