"""`make campaign-crawl`, the kill: a harvest killed again and again, and gone on with each time.

What is counted, it is counted at the server: no document may be asked for twice, but for the one
that was on its way at a kill.
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from nianbao.archive import read_log
from nianbao.model import sha256_of
from nianbao.pipeline.harvest import harvest
from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.loopback import Server, serving
from nianbao.settings import Settings
from support.big_site import BigSite, write_record

PORTAL = "sample/big"
_STARTING = 60.0
_CONTEXT = multiprocessing.get_context("forkserver")
_HEAVY = ["nianbao.pipeline.harvest", "nianbao.reports", "nianbao.documents.html.read", "pandas"]
"""What each attempt would import anew; a fork server may preload installed modules only."""


@dataclass
class Counts:
    """What a server was asked for, in order."""

    site: BigSite
    asked: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked.target)
        return self.site.answer(asked)


@dataclass(frozen=True)
class Killed:
    """What came of a harvest that was killed so many times."""

    kills: int
    documents: int
    asked: int
    """Requests for documents at the server."""
    not_once: tuple[str, ...] = ()
    """Documents that the archive or the log has not exactly once."""
    too_often: tuple[str, ...] = ()
    """Documents that the server was asked for more than once, and again for each kill on the way."""
    in_flight: int = 0
    """Kills while a document was on its way."""


def killed(folder: Path, kills: int, reports: int, seed: int = 0) -> Killed:
    """Harvest a site, killed at random points and resumed under the same run, to its end."""
    chance, site = random.Random(seed), BigSite(reports, bare=7, page_size=25)
    counts = Counts(site)
    Server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the killed hang up
    with serving(counts) as served:
        site.netlocs = (served.netloc,)
        write_record(folder / "portals", PORTAL, site.record())
        # Most kills fall into the reports, some into the lists that each attempt begins with.
        most = site.page_count() + reports // max(kills, 1)
        on_the_way = [
            _kill_one(folder, attempt, counts, chance.randint(1, most), chance.random())
            for attempt in range(1, kills + 1)
        ]
        process = _started(folder, kills + 1)
        process.join(600)
        if process.exitcode != 0:
            raise AssertionError(f"the last attempt ended with {process.exitcode}")
    return _judged(folder, counts, on_the_way)


def attempt_at(folder: str, attempt: int) -> None:
    """Harvest; the work of a process that will be killed."""
    root = Path(folder)
    harvest(
        Settings(home=root / "home", portals_dir=root / "portals"), [PORTAL], "run", attempt, None
    )


def _started(folder: Path, attempt: int) -> multiprocessing.process.BaseProcess:
    _CONTEXT.set_forkserver_preload(_HEAVY)
    process = _CONTEXT.Process(target=attempt_at, args=(str(folder), attempt))
    process.start()
    return process


def _kill_one(
    folder: Path, attempt: int, counts: Counts, requests: int, chance: float
) -> Sequence[str]:
    """Kill an attempt after so many requests and a moment; return the targets it asked for last."""
    before = len(counts.asked)
    process = _started(folder, attempt)
    deadline = time.monotonic() + _STARTING
    while len(counts.asked) < before + requests and process.is_alive():
        if time.monotonic() > deadline:
            raise AssertionError("the harvest does not come forward")
        time.sleep(0.0005)
    time.sleep(chance * 0.01)
    process.kill()
    process.join()
    time.sleep(0.02)  # what it had sent may still be in the server's hands
    return counts.asked[-1:] if len(counts.asked) > before else ()


def _judged(folder: Path, counts: Counts, on_the_way: Sequence[Sequence[str]]) -> Killed:
    documents = counts.site.documents()
    spared = Counter(target for last in on_the_way for target in last)
    asked = Counter(target for target in counts.asked if target in documents)
    return Killed(
        kills=len(on_the_way),
        documents=len(documents),
        asked=sum(asked.values()),
        not_once=tuple(_not_once(folder, counts.site, documents)),
        too_often=tuple(t for t, count in asked.items() if count > 1 + spared[t]),
        in_flight=sum(spared[target] for target in documents),
    )


def _not_once(folder: Path, site: BigSite, documents: dict[str, bytes]) -> list[str]:
    archive = folder / "home" / "archive"
    log = Counter(
        (row["url"], row["sha256"])
        for row in read_log(str(archive)).to_pylist()
        if row["purpose"] == "report"
    )
    wanted = Counter((site.url(target), sha256_of(body)) for target, body in documents.items())
    kept = Counter(
        path.name for path in (archive / "bytes").rglob("*") if path.is_file() and len(path.name) == 64
    )  # fmt: skip
    hashes = Counter(sha256 for _, sha256 in wanted)
    wrong = {url for url, _ in (log - wanted) + (wanted - log)}
    return sorted(wrong | {*((kept - hashes) + (hashes - kept))})
