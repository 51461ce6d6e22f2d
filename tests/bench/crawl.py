"""`make bench-crawl`: one portal of 2,000 reports harvested by this crawler and by Scrapy, in turn.

The pace is off and both ask one thing at a time, from the same server in a process of its own, with
connections kept alive. Ours does its whole work: blocks looked for, attachments looked for, bytes
and log synced to the disk. Then, with the pace on, what 10 hosts see of 50 portals.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.figures import Figure, publish
from nianbao.pipeline.harvest import plan
from support.big_site import write_record
from support.paced_hosts import at_once, ten_hosts

_PACE = 0.5
_PEERS = {
    "scrapy, 1 at a time": ("1", "unsynced"),
    "scrapy, 1, files synced": ("1", "synced"),
    "scrapy, 8 at a time": ("8", "unsynced"),
}
"""Concurrency, and whether files are written to outlast a power cut, as ours are."""
Round = Mapping[str, float]


def main() -> None:
    """Measure and publish; the first argument is another number of reports, the second of rounds."""
    reports, rounds = (int(text) for text in (*sys.argv[1:], "2000", "3")[:2])
    figures = [*_beside_scrapy(reports, rounds), *_paced()]
    publish("crawl", figures)


def _beside_scrapy(reports: int, rounds: int) -> Iterator[Figure]:
    peers = dict(_PEERS)
    if find_spec("scrapy") is None:
        print("scrapy is not installed: measured without it (pip install scrapy)")
        peers = {}
    found: dict[str, list[Round]] = {"ours": [], **{peer: [] for peer in peers}}
    with _portal(reports) as record:
        for _ in range(rounds):
            found["ours"].append(_ours(record))
            for peer, options in peers.items():
                found[peer].append(_scrapy(record, *options))
    for peer in peers or ("none",):
        yield from _figures(found["ours"], found.get(peer, []), peer)


def _figures(ours: Sequence[Round], theirs: Sequence[Round], peer: str) -> Iterator[Figure]:
    pages = int(ours[0]["pages"])
    ahead, behind = _median(ours, _rate), _median(theirs, _rate)
    ratio = _median(
        list(zip(ours, theirs, strict=False)), lambda two: _rate(two[0]) / _rate(two[1])
    )
    yield Figure("harvest", "pages/s", ahead, behind, peer, ratio, pages)
    ahead, behind = _median(ours, _cost), _median(theirs, _cost)
    ratio = _median(
        list(zip(ours, theirs, strict=False)), lambda two: _cost(two[1]) / _cost(two[0])
    )
    yield Figure("processor", "ms/page", ahead, behind, peer, ratio, pages)


def _median(rounds: Sequence[Any], of: Any) -> float:
    return statistics.median(map(of, rounds)) if rounds else 0.0


def _rate(one: Round) -> float:
    return one["pages"] / one["seconds"]


def _cost(one: Round) -> float:
    return 1000 * one["processor"] / one["pages"]


def _ours(record: Mapping[str, Any]) -> Round:
    with tempfile.TemporaryDirectory() as folder:
        write_record(Path(folder) / "portals", "sample/big", record)
        return _told("bench.crawl_ours", folder)


def _scrapy(record: Mapping[str, Any], *options: str) -> Round:
    with tempfile.TemporaryDirectory() as folder:
        return _told("bench.crawl_scrapy", folder, record["start_urls"][0], *options)


def _told(module: str, *arguments: str) -> Round:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout))


@contextmanager
def _portal(reports: int) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "bench.crawl_server", str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


def _paced() -> Iterator[Figure]:
    """Yield the smallest gap between two requests to a host, beside the setting."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ten_hosts(Path(folder), _PACE) as (
            settings,
            hosts,
        ),
    ):
        at_once(settings, plan(settings))
    gaps = [gap for host in hosts.values() for gap in host.gaps()]
    least = min(gaps)
    yield Figure("smallest gap", "s", least, _PACE, "the setting", least / _PACE, len(gaps))


if __name__ == "__main__":
    main()
