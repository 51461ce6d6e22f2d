"""Random reports, written with random noise and read again: never silently wrong; right where no doubt is.

A few examples of what `make campaign-reading` does by the ten thousand, the same in each run.
"""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.noise_formats import FORMATS, Case, Format
from support.noise_trip import Trip, trips

UNSETTLED = frozenset(
    """
    sizing row · blank rows · caption row · preface · two reports · related links
    ruby · hidden otherwise · footnote mark · replaced · picture · label with number
    double cell · blank cell · lost span · row gone · extra row · empty label · numbers column
    compared columns · doubled heading · drop label · drop own label · split digits · one line
    last cell below · hidden row · spacer column · rows as one
    """.replace("\n", "·")
    .replace("·", "\n")
    .split("\n")
)
"""Noise that readers are known to fail on; the campaign leaves none of it out. To be emptied."""
NOT_EXACT = ("mhtml", "xlsx")
"""MHTML holds the same pages as HTML; in a sheet a blank at the edge of the list of 2014 is left unread."""
FEW = settings(
    max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def settled(form: Format) -> Format:
    """Return a format without the noise that is unsettled."""
    unsettled = {name.strip() for name in UNSETTLED}
    quiet = tuple(name for name in form.quiet if name not in unsettled)
    loud = tuple(name for name in form.loud if name not in unsettled)
    return replace(form, quiet=quiet, loud=loud)


QUICK = {name: settled(form) for name, form in FORMATS.items() if form.convert is None}
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
