"""The process that reads PDF files: it serves many, and outlives nobody."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import psutil
import pytest

from nianbao.documents.confined.limits import Limits, Meter
from nianbao.errors import ReadError
from support.pdf_words import child, words, words_and_child

LIMITS = Limits(9, 60, 100, 500, memory_bytes=1_000, patience=1_000)


def is_gone(pid: int) -> bool:
    """Tell whether a process has ended, now or soon."""
    for _ in range(300):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.1)
    return False


def test_one_process_reads_all_files_of_all_threads() -> None:
    assert words(1) == ["1"]
    before = child()
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(words, range(20))) == [[f"{n}"] for n in range(20)]
    assert child() == before


@pytest.mark.parametrize("how", ["fork", "spawn"])
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_worker_process_has_one_of_its_own(how: str) -> None:
    assert words(1) == ["1"]
    with get_context(how).Pool(1) as pool:
        read, others = pool.apply(words_and_child, (7,))
    assert (read, words(8)) == (["7"], ["8"])
    assert others != child()
    assert is_gone(others)


@pytest.mark.parametrize("forked", ["", "os.fork() or (os.close(1), time.sleep(20), os._exit(0))"])
def test_it_ends_with_a_process_that_is_killed(forked: str) -> None:
    program = (
        "import os, time; from nianbao.documents.confined import read as confined\n"
        f"print(confined._usable().pid, flush=True); {forked}\ntime.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        try:
            assert is_gone(pid)
        finally:
            if forked:
                os.killpg(parent.pid, signal.SIGKILL)


def test_a_process_that_was_killed_is_replaced() -> None:
    assert words(1) == ["1"]
    before = child()
    os.kill(before, signal.SIGKILL)
    assert words(2) == ["2"]
    assert child() != before


def test_an_answer_nobody_waited_for_is_not_the_next_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: Meter, *_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Meter, "check", interrupted)
        with pytest.raises(KeyboardInterrupt):
            words(1)
    assert words(2) == ["2"]


@pytest.mark.parametrize(
    ("words", "used", "memory", "now", "over"),
    [
        ([], 8, 0, 999, False),
        ([], 10, 0, 10, True),
        (["page"], 15, 0, 10, False),
        (["scan"], 50, 0, 900, False),
        (["scan"], 70, 0, 70, True),
        (["scan", "page"], 20, 0, 20, True),
        ([], 0, 2_000, 0, True),
        ([], 0, 0, 1_001, True),
    ],
)
def test_time_is_what_the_process_computes(
    words: list[str], used: float, memory: int, now: float, over: bool
) -> None:
    meter = Meter(LIMITS, used=0.0, memory=500, now=0.0)
    for word in words:
        meter.heard(word, 8.0, 0.0)  # type: ignore[arg-type]
    try:
        meter.check(used, memory, now)
        refused = False
    except ReadError as error:
        refused = error.code == "over_limit"
    assert refused == over
