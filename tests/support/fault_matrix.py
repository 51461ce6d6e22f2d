"""One cell of the fault matrix: a sample site, a fault, the place that it strikes, and what came of it.

The harvest is the whole one of the pipeline, over loopback; only its waits are left out.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from nianbao.archive import read_log
from nianbao.crawl import Clock
from nianbao.model import Fetch, sha256_of
from nianbao.pipeline.harvest import harvest
from nianbao.sample.exchange import Answer, Answering, Asked
from nianbao.sample.faults import Faulty, Rule
from nianbao.sample.loopback import Request
from nianbao.sample.sites import Site, serve_site
from nianbao.sample.sites.places import Entry
from nianbao.settings import Settings

PLACES = ("article", "lists", "page")
"""One article of a site never harvested; all lists of one that was; one later page of its list."""
FINE = frozenset({"fetched", "unchanged", "changed"})
MOST_REQUESTS = 150
_POLITENESS = {
    "seconds_between_requests": 0.0,
    "timeout_seconds": 1.0,
    "retries": 1,
    "max_bytes": 2_000_000,
}


@dataclass(frozen=True)
class Cell:
    """What came of one fault; `outcomes` are those of the requests that were struck."""

    outcomes: tuple[str, ...]
    messages: tuple[str, ...] = ()
    missing: int = 0
    """Reports of the site that are not in the archive as the site sends them, the victim apart."""
    told: bool = False
    """The summary has a trouble or an alarm."""
    alarm: bool = False
    as_sent: bool = True
    """Whether the victim, where it was taken, is the right page and not the wrong one."""
    doubled: tuple[str, ...] = ()
    """Reports with more than one line in the log of the run."""
    requests: int = 0
    lost: int = 0
    """Reports that are still not archived after a harvest without the fault."""

    @property
    def word(self) -> str:
        """What came of it, in one word."""
        trouble = [outcome for outcome in self.outcomes if outcome not in FINE]
        if trouble:
            return trouble[0]
        if self.missing:
            return "alarm" if self.alarm else "silent"
        return "fetched" if self.as_sent else "kept"


@dataclass
class Bench:
    """A running sample site, harvested once without any fault."""

    site: Site
    requests: list[Request]
    folder: Path
    plan: list[Rule] = field(default_factory=list)
    faulty: Faulty | None = None
    lists: tuple[str, ...] = ()
    """Targets of the list requests of the healthy harvest."""

    def cell(self, fault: str, place: str) -> Cell:
        """Return what comes of a fault."""
        home = self.folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        victims = self._victims(place)
        if place != "article":
            shutil.copytree(self.folder / "healthy", home)
        self._spoil([Rule(f"^{re.escape(victim)}$", fault) for victim in victims])
        self.requests.clear()
        summary = self.run(home, "faulty")
        asked = len(self.requests)
        log = [fetch for run, fetch in _log(home) if run == "faulty"]
        self._spoil([])
        cell = self._judged(log, summary, victims, asked)
        if cell.word == "fetched" or place == "page":
            return cell
        return replace(cell, lost=self._missing_after(home))

    def run(self, home: Path, run_id: str) -> dict[str, Any]:
        """Harvest once."""
        settings = Settings(home=home, portals_dir=self.folder / "portals", revisit_every_days=0)
        with patch("nianbao.crawl.client.Clock", _hurried):
            return harvest(settings, [self.portal_id], run_id, 1, None)

    @property
    def portal_id(self) -> str:
        """Id of the site's record."""
        return f"sample/{self.site.key}"

    @property
    def victim(self) -> Entry:
        """The article that is struck; others come before it and after."""
        return next(e for e in self.site.entries if e.kind == "report" and e.number > 5)

    def _victims(self, place: str) -> tuple[str, ...]:
        if place == "article":
            return (self.site.article_path(self.victim),)
        return self.lists if place == "lists" else self.lists[1:][-1:]

    def _spoil(self, plan: list[Rule]) -> None:
        self.plan = plan
        self.faulty = Faulty(self.site.answer, plan) if plan else None

    def answer(self, asked: Asked) -> Answer:
        """Answer with the fault of the moment."""
        return (self.faulty or self.site.answer)(asked)

    def _judged(
        self, log: list[Fetch], summary: dict[str, Any], victims: tuple[str, ...], asked: int
    ) -> Cell:  # fmt: skip
        struck = [fetch for fetch in log if _target(fetch.url) in victims]
        urls = {fetch.url for fetch in struck} | {self.site.url(victim) for victim in victims}
        reports = [fetch.url for fetch in log if fetch.purpose == "report"]
        taken = {fetch.url: fetch.sha256 for fetch in log if fetch.outcome in FINE}
        wanted = set(self.site.report_urls()) - urls
        right = self._right()
        return Cell(
            outcomes=tuple(fetch.outcome for fetch in struck),
            messages=tuple(fetch.message for fetch in struck if fetch.message),
            missing=sum(taken.get(url) != right[url] for url in wanted),
            told=bool(summary["trouble"]),
            alarm=bool(summary["alarms"]),
            as_sent=all(taken.get(url) in {None, right.get(url)} for url in urls),
            doubled=tuple(url for url, count in Counter(reports).items() if count > 1),
            requests=asked,
        )

    def _missing_after(self, home: Path) -> int:
        self.run(home, "healed")
        last = {fetch.url: fetch.sha256 for _, fetch in _log(home) if fetch.sha256}
        right = self._right()
        return sum(last.get(url) != sha256 for url, sha256 in right.items())

    def _right(self) -> dict[str, str]:
        return {url: self._hash(url) for url in self.site.report_urls()}

    def _hash(self, url: str) -> str:
        return sha256_of(self.site.answer(Asked("GET", url.removeprefix(self.site.url("")))).body)


@contextmanager
def bench(key: str, folder: Path) -> Iterator[Bench]:
    """Serve a sample site while the context lasts, and harvest it once without a fault."""
    holder: list[Bench] = []

    def around(right: Answering) -> Answering:
        return lambda asked: holder[0].answer(asked) if holder else right(asked)

    with serve_site(key, around) as (site, requests):
        made = Bench(site, requests, folder)
        holder.append(made)
        path = folder / "portals" / f"{made.portal_id}.yaml"
        path.parent.mkdir(parents=True)
        record = {**site.record(), "politeness": _POLITENESS}
        path.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
        made.run(folder / "healthy", "healthy")
        log = [fetch for _, fetch in _log(folder / "healthy")]
        lists = [_target(fetch.url) for fetch in log if fetch.purpose == "list"]
        made.lists = tuple(dict.fromkeys(lists))
        yield made


def _target(url: str) -> str:
    return re.sub(r"^https?://[^/]+", "", url)


def _log(home: Path) -> list[tuple[str, Fetch]]:
    rows = sorted(read_log(str(home / "archive")).to_pylist(), key=lambda row: row["fetched_at"])
    return [(row.pop("run_id"), Fetch(**row)) for row in rows]


def _hurried() -> Clock:
    """Return a clock whose waits are over at once."""
    return Clock(sleep=lambda _: None)
