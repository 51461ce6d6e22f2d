import threading
from datetime import UTC, datetime, timedelta

import pytest

from nianbao.crawl import Clock
from nianbao.crawl.body import collect
from nianbao.crawl.pace import Pace
from nianbao.crawl.patience import backoff
from nianbao.errors import TransientFetchError


def test_the_rest_counts_from_the_end_of_the_last_request(passing):
    pace = Pace(passing.clock)
    with pace.turn("a", 2):
        passing.seconds += 10
    passing.seconds += 0.5
    with pace.turn("a", 2):
        pass
    with pace.turn("b", 2):
        pass
    assert passing.sleeps == [1.5]


def test_a_rest_is_kept_after_a_failure_too(passing):
    pace = Pace(passing.clock)
    with pytest.raises(ValueError, match="x"), pace.turn("a", 2):
        raise ValueError("x")
    with pace.turn("a", 2):
        pass
    assert passing.sleeps == [2]


def test_one_request_at_a_time_per_host():
    pace, inside, most = Pace(Clock()), [], []

    def work() -> None:
        for _ in range(20):
            with pace.turn("a", 0):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(most) == {1}
    assert len(most) == 80


def test_waits_double_up_to_a_minute_and_are_spread():
    assert [backoff(number, 0) for number in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert backoff(1, 1.0) == 3


def test_a_body_that_trickles_in_for_ever_is_given_up():
    left = iter([2.0, 1.0, -0.1])
    with pytest.raises(TransientFetchError, match="too slow"):
        collect([b"x"] * 9, 100, "http://x/", lambda: next(left))


def test_the_default_clock_is_the_real_one():
    assert datetime.now(UTC) - Clock().now() < timedelta(minutes=1)
