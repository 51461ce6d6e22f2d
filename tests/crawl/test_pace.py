import gzip
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from nianbao.crawl import Clock
from nianbao.crawl.body import collect, unpack
from nianbao.crawl.pace import Pace
from nianbao.crawl.patience import backoff
from nianbao.errors import TooLargeError, TransientFetchError


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


def test_chance_makes_the_rest_longer_and_never_shorter(passing):
    clock = replace(passing.clock, chance=lambda: 1.0)
    pace = Pace(clock)
    for _ in range(2):
        with pace.turn("a", 2):
            pass
    assert passing.sleeps == [3]


def test_another_process_of_the_machine_is_waited_for(passing, tmp_path):
    for _ in range(2):  # two clients that know of each other by the folder only
        with Pace(passing.clock, tmp_path / "pace").turn("a", 2):
            pass
    with Pace(passing.clock, tmp_path / "pace").turn("b", 2):
        pass
    assert passing.sleeps == [2]


def test_a_clock_set_back_does_not_stop_the_crawl(passing, tmp_path):
    pace = Pace(passing.clock, tmp_path)
    passing.seconds += 86_400
    with pace.turn("a", 2):
        pass
    passing.seconds -= 86_400
    with pace.turn("a", 2):
        pass
    assert passing.sleeps == [2]


PROCESS = """
import sys, time
from pathlib import Path
from nianbao.crawl.clock import Clock
from nianbao.crawl.pace import Pace
pace = Pace(Clock(), Path(sys.argv[1]))
for _ in range(5):
    with pace.turn("a", 0.1):
        began = time.time()
        time.sleep(0.01)
        print(began, time.time())
"""


def test_processes_keep_the_pace_together(tmp_path):
    command = [sys.executable, "-c", PROCESS, str(tmp_path)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    lines = "".join(process.communicate(timeout=60)[0] for process in started).splitlines()
    turns = sorted(tuple(map(float, line.split())) for line in lines)
    assert len(turns) == 10
    for (_, ended), (began, _) in pairwise(turns):
        assert began - ended >= 0.099


def test_gzip_of_several_members_is_unpacked_whole():
    packed = gzip.compress(b"a" * 100) + gzip.compress(b"b" * 100)
    assert unpack(packed, 200, "http://x/") == b"a" * 100 + b"b" * 100
    with pytest.raises(TooLargeError):
        unpack(packed, 199, "http://x/")
