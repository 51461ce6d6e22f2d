"""A slice of the fault matrix: each fault once, each sample site once; all is `make campaign-crawl`."""

from pathlib import Path

import pytest

from nianbao.sample.faults import FAULTS
from nianbao.sample.sites import SITES
from support.fault_matrix import PLACES, bench
from support.fault_outcomes import expected, outcomes, page, problems

ROOT = Path(__file__).resolve().parents[2]
SLOW = {"slow start", "slow body", "hanging"}


def slice_of(number: int) -> list[tuple[str, str]]:
    """Return the faults of a site by its number, with the places that they strike."""
    faults = list(FAULTS)[number :: len(SITES)]
    return [
        (fault, "article" if fault in SLOW else PLACES[(number + turn) % len(PLACES)])
        for turn, fault in enumerate(faults)
    ]


@pytest.mark.parametrize(("number", "site"), [*enumerate(SITES)], ids=str)
def test_a_fault_has_its_outcome_and_costs_nothing_else(number: int, site: str, tmp_path: Path):
    with bench(site, tmp_path) as running:
        for fault, place in slice_of(number):
            cell = running.cell(fault, place)
            assert [*problems(site, fault, place, cell)] == [], (fault, place, cell)


def test_the_slice_has_every_fault_and_every_place():
    cases = [case for number in range(len(SITES)) for case in slice_of(number)]
    assert sorted(fault for fault, _ in cases) == sorted(FAULTS)
    assert {place for _, place in cases} == set(PLACES)


def test_every_cell_has_a_word_that_the_page_explains():
    words = {expected(site, fault, place) for site in SITES for fault in FAULTS for place in PLACES}
    assert words <= set(outcomes()["words"])
    assert set(outcomes()["faults"]) == set(FAULTS)


def test_the_page_of_faults_is_current():
    assert (ROOT / "docs" / "faults.md").read_text("utf-8") == page(), "run `make campaign-crawl`"
