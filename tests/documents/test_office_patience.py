"""A converter has its time at each file by what it computes, whatever else the machine does."""

from itertools import chain, repeat

import pytest

from nianbao.documents.office.patience import Patience

SECONDS = 60.0


@pytest.mark.parametrize(
    ("share", "over_after"),
    [(1.0, 61), (0.5, 121), (0.15, 401), (0.02, 601), (0.0, 61)],
    ids=["alone", "two of them", "many of them", "next to nothing", "waiting"],
)
def test_it_is_over_when_it_has_computed_enough_or_waits(share: float, over_after: int) -> None:
    clock = iter(chain([0.0], map(float, range(1, 2_000))))
    now = 0.0

    def tick() -> float:
        nonlocal now
        now = next(clock)
        return now

    patience = Patience(SECONDS, lambda: share * now, tick)
    looks = next(n for n, over in enumerate((patience.is_over() for _ in repeat(0)), 1) if over)
    assert looks == over_after


def test_a_file_that_is_done_gives_it_all_its_time_again() -> None:
    times = iter([0.0, 50.0, 100.0])
    patience = Patience(SECONDS, lambda: 0.0, lambda: next(times))
    patience.moved()
    assert not patience.is_over()
