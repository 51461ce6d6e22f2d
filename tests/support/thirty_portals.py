"""Thirty portals on loopback: every sample site, the three of the demo, and some in trouble.

They are served from the test's own process, so that faults can be laid over them while it runs.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep
from typing import Any

import yaml

from nianbao.model import sha256_of
from nianbao.sample.errors import readable_reports
from nianbao.sample.exchange import Answer, Answering, Asked
from nianbao.sample.faults import Faulty, Rule
from nianbao.sample.portals import write_inbox, write_portal_records
from nianbao.sample.site import serve
from nianbao.sample.sites import SITES, Site, serve_site

POLITENESS = {"seconds_between_requests": 0.02, "timeout_seconds": 30.0, "retries": 2}
"""Patient: on a busy machine these sites are slow, and that is not what is tested."""
HANGING = "trs"
"""The site that a test lets hang; its record has less patience."""
TROUBLED = {"blocked": "challenge 412", "gone": "gone"}
"""Portals that have nothing to give: by the name of their record, the fault of all they answer."""


@dataclass
class ThirtyPortals:
    """The running portals, and what a harvest of them has to bring."""

    folder: Path
    sites: dict[str, Site] = field(default_factory=dict)
    plans: dict[str, list[Rule]] = field(default_factory=dict)
    """Faults of the moment, by the name of the site."""
    pause: float = 0.0
    """Seconds that each answer takes more, so that something can happen meanwhile."""

    served: int = 0
    """Answers given by the sample sites since it was last set."""

    def expected(self, year: int | None = None) -> dict[str, str]:
        """Return the hash of every report of the sample sites, or of a year, by its URL."""
        return {
            url: sha256_of(site.answer(Asked("GET", url.removeprefix(site.url("")))).body)
            for name, site in self.sites.items()
            if name not in TROUBLED
            for url, entry in site.report_urls().items()
            if year in (None, entry.report and entry.report.report_year)
        }

    def reports(self) -> set[tuple[str, int, str]]:
        """Return organisation, year and scope of every report that can be read, of all portals."""
        listed = (
            entry.report
            for name, site in self.sites.items()
            if name not in TROUBLED
            for entry in site.report_urls().values()
            if entry.report
        )
        return {
            (report.organisation, report.report_year, report.scope)
            for report in (*listed, *readable_reports())
        }

    def around(self, name: str) -> Callable[[Answering], Answering]:
        """Return what is put around the answers of a site."""

        def wrapped(answering: Answering) -> Answering:
            def answer(asked: Asked) -> Answer:
                self.served += 1
                sleep(self.pause)
                plan = self.plans.get(name)
                return Faulty(answering, plan)(asked) if plan else answering(asked)

            return answer

        return wrapped


@contextmanager
def thirty_portals(folder: Path) -> Iterator[ThirtyPortals]:
    """Serve them while the context lasts, with their records in `folder/portals`."""
    portals = ThirtyPortals(folder)
    records, inbox = folder / "portals", folder / "inbox"
    with ExitStack() as stack:
        demo = stack.enter_context(serve())
        write_inbox(inbox)
        write_portal_records(records, demo.ports, inbox=inbox, hosts=demo.hosts)
        kinds = {**{key: key for key in SITES}, **dict.fromkeys(TROUBLED, "static")}
        for name, key in kinds.items():
            site, _ = stack.enter_context(serve_site(key, portals.around(name)))
            portals.sites[name] = site
            if name in TROUBLED:
                portals.plans[name] = [Rule("^/(?!robots)", TROUBLED[name])]
            _write(records / "sample" / f"{name}.yaml", site.record())
        for path in records.rglob("*.yaml"):
            impatient = {"timeout_seconds": 3.0, "retries": 0} if path.stem == HANGING else {}
            record = yaml.safe_load(path.read_text("utf-8"))
            _write(path, {**record, "politeness": {**POLITENESS, **impatient}})
        yield portals


def record_names(folder: Path) -> Sequence[str]:
    """Return the ids of all records."""
    records = folder / "portals"
    return sorted(str(path.relative_to(records))[:-5] for path in records.rglob("*.yaml"))


def _write(path: Path, record: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(record, allow_unicode=True), "utf-8")
