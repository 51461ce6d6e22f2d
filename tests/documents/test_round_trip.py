"""Random reports, written with random noise and read again: never silently wrong; right where no doubt is.

A few examples of what `make campaign-reading` does by the ten thousand, the same in each run.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.noise_formats import FORMATS, Case
from support.noise_trip import Trip, trips

NOT_EXACT = ("mhtml",)
"""MHTML holds the same pages as HTML."""
FEW = settings(
    max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


QUICK = {name: form for name, form in FORMATS.items() if form.convert is None}
EXACT = [name for name, form in QUICK.items() if form.exact and name not in NOT_EXACT]


def made(name: str, case: Case) -> Trip:
    [trip] = trips(FORMATS[name], [case])
    return trip


@pytest.mark.parametrize("name", EXACT)
@FEW
@given(st.data())
def test_noise_that_leaves_no_doubt_changes_nothing(name: str, data: st.DataObject) -> None:
    made(name, data.draw(QUICK[name].cases(loud=False))).check(exact=True)


@pytest.mark.parametrize("name", QUICK)
@FEW
@given(st.data())
def test_what_is_doubtful_is_never_silently_wrong(name: str, data: st.DataObject) -> None:
    made(name, data.draw(QUICK[name].cases(loud=True))).check(exact=False)


@pytest.mark.parametrize("name", QUICK)
def test_enough_cells_of_each_format_are_read(name: str) -> None:
    read = [
        made(name, Case(seed, form, ())).score.counts
        for seed in range(2)
        for form in ("2014", "2021")
    ]
    right = sum(counts["right"] for counts in read)
    assert right >= FORMATS[name].floor * sum(counts.total() for counts in read) * 0.98
