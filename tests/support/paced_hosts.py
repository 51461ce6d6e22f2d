"""Ten hosts with five portals each, asked by several processes at once; the hosts keep the time."""

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from nianbao.pipeline.harvest import harvest
from nianbao.sample.exchange import PLAIN, Answer, Asked
from nianbao.sample.loopback import serving
from nianbao.settings import Settings
from support.big_site import write_record
from support.portal_sites import page

HOSTS, PORTALS_PER_HOST, REPORTS = 10, 5, 2
_CONTEXT = multiprocessing.get_context("forkserver")
_HEAVY = ["nianbao.pipeline.harvest", "pandas"]
_SECONDS_PER_ANSWER = 0.005


@dataclass
class Host:
    """One host: when each request came, and when its answer was ready."""

    turns: list[tuple[float, float]] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        came = time.monotonic()
        time.sleep(_SECONDS_PER_ANSWER)
        answer = _answer(asked.path)
        self.turns.append((came, time.monotonic()))
        return answer

    def gaps(self) -> list[float]:
        """Return the seconds from each request to the next."""
        return [after[0] - before[0] for before, after in pairwise(sorted(self.turns))]

    def overlaps(self) -> int:
        """Return how many requests came before the answer to the last one was ready."""
        return sum(after[0] < before[1] for before, after in pairwise(sorted(self.turns)))


@contextmanager
def ten_hosts(folder: Path, seconds: float) -> Iterator[tuple[Settings, dict[str, Host]]]:
    """Serve the hosts, with records that ask for this pace; yield the hosts by their names."""
    with ExitStack() as stack:
        hosts: dict[str, Host] = {}
        for number in range(HOSTS):
            host = Host()
            served = stack.enter_context(serving(host, f"127.0.0.{number + 31}"))
            hosts[served.netloc] = host
        names = sorted(hosts)
        for number in range(HOSTS * PORTALS_PER_HOST):
            record = _record(names[number % HOSTS], number, seconds)
            write_record(folder / "portals", f"sample/p{number:02}", record)
        yield Settings(home=folder / "home", portals_dir=folder / "portals"), hosts


def at_once(settings: Settings, shards: Sequence[Sequence[str]]) -> None:
    """Harvest each shard in a process of its own, all at the same time."""
    _CONTEXT.set_forkserver_preload(_HEAVY)
    processes = [
        _CONTEXT.Process(target=_work, args=(settings, list(shard), f"run-{number}"))
        for number, shard in enumerate(shards)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    codes = [process.exitcode for process in processes]
    if any(codes):
        raise AssertionError(f"workers ended with {codes}")


def hosts_of(settings: Settings, shards: Sequence[Sequence[str]]) -> dict[str, set[int]]:
    """Return the shards, by number, that ask each host."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, shard in enumerate(shards):
        for portal_id in shard:
            text = (settings.portals_dir / f"{portal_id}.yaml").read_text("utf-8")
            found[text.partition("http://")[2].partition("/")[0]].add(number)
    return dict(found)


def _work(settings: Settings, shard: list[str], run_id: str) -> None:
    summary = harvest(settings, shard, run_id, 1, None)
    if summary["trouble"]:
        raise AssertionError(summary["trouble"])


def _record(netloc: str, number: int, seconds: float) -> dict[str, object]:
    return {
        "name": "某县人民政府",
        "family": "static",
        "hosts": [netloc],
        "networks": ["127.0.0.0/8"],
        "start_urls": [f"http://{netloc}/p{number}/"],
        "politeness": {"seconds_between_requests": seconds, "retries": 0},
        "verified": "sample",
    }


def _answer(path: str) -> Answer:
    if path == "/robots.txt":
        return Answer(body=b"User-agent: *\nDisallow: /admin/\n", media_type=PLAIN)
    if not path.endswith("/"):
        return Answer(body=page(f"<p>{path}</p>"))
    rows = "".join(
        f'<li><a href="{path}doc_{number}.html">某县教育局{2020 + number}年政府信息公开工作年度报告</a></li>'
        for number in range(REPORTS)
    )
    return Answer(body=page(f"<ul>{rows}</ul>", title="政府信息公开年报"))
