"""A warehouse of a few reports, built for real."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.log import LOG_SCHEMA
from nianbao.model import Cell, Fetch, Portal, Report, sha256_of
from nianbao.reports.parsed import PARSED_SCHEMA, Reading, to_table
from nianbao.warehouse.build import Sources, build
from nianbao.warehouse.organisations.known import ASKED_SCHEMA, Known

START = datetime(2026, 1, 20, tzinfo=UTC)
PORTALS = (
    Portal(id="p/site", name="site", family="hanweb"),
    Portal(id="p/inbox", name="inbox", family="inbox"),
    Portal(id="p/drafts", name="drafts", family="inbox", stage="draft"),
)


def report(organisation: str = "某局", year: int = 2021, **changes: object) -> Report:
    """Return a small report with one cell."""
    cell = Cell("applications.received.total", "3", "number", 3, "t1.r1.c8")  # type: ignore[arg-type]
    whole = Report(
        organisation, year, "2021", "agency", f"{organisation}{year}年报", None, cells=(cell,)
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


class World:
    """Documents and fetches that a test sets up before it builds."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.readings, self.log = folder, {}, []  # type: ignore[var-annotated]
        self.other_part: list[Reading] = []
        self.portals: Sequence[Portal] = PORTALS
        self.known = Known()
        self.start, self.run = START, "run"
        self.runs: dict[int, str] = {}

    def serve(
        self, url: str, name: str, *reports: Report, portal: str = "p/site", **fetch: object
    ) -> str:
        """Let an address serve a document called `name` that holds some reports."""
        sha256 = sha256_of(name.encode())
        self.readings[sha256] = Reading(sha256, "html", reports)
        self._add(Fetch(portal, url, "report", "fetched", self._now(), 5, sha256=sha256, **fetch))  # type: ignore[arg-type]
        return sha256

    def gone(self, url: str, portal: str = "p/site") -> None:
        """Let an address answer that there is nothing any more."""
        self._add(Fetch(portal, url, "report", "gone", self._now(), 5, status=404))

    def ask(
        self, url: str, outcome: str = "fetched", portal: str = "p/site", **fetch: object
    ) -> None:
        """Let a list page, or with `purpose` anything else, be asked for."""
        purpose = fetch.pop("purpose", "list")
        self._add(Fetch(portal, url, purpose, outcome, self._now(), 5, **fetch))  # type: ignore[arg-type]

    def harvest_on(self, day: str, run: str = "") -> None:
        """Let what is asked from here on be of a harvest on some day, at noon in China."""
        self.start = datetime.fromisoformat(f"{day}T04:00:00+00:00")
        self.run = run or f"run-{day}"

    def finish(self, portal: str = "p/site", years: Sequence[int] | None = None) -> None:
        """Let the harvest come to its end, having been after these years, or any."""
        row = {"portal_id": portal, "run_id": self.run, "years": years}
        new = pa.Table.from_pylist([row], schema=ASKED_SCHEMA)
        self.known = replace(self.known, asked=pa.concat_tables([self.known.asked, new]))

    def _now(self) -> datetime:
        step = timedelta(hours=1) if self.run == "run" else timedelta(minutes=1)
        return self.start + step * len(self.log)

    def _add(self, fetch: Fetch) -> None:
        self.runs[len(self.log)] = self.run
        self.log.append(fetch)

    def build(self, name: str = "w.duckdb") -> Path:
        """Build the warehouse and return its path."""
        parts = {"parsed": self.readings.values(), "another": self.other_part}
        parsed = [self.folder / f"{part}.parquet" for part in parts]
        for path, readings in zip(parsed, parts.values(), strict=True):
            pq.write_table(to_table(readings), path)
        rows = [
            {**asdict(fetch), "run_id": self.runs.get(number, "run")}
            for number, fetch in enumerate(self.log)
        ]
        log = pa.Table.from_pylist(rows, schema=LOG_SCHEMA)
        path = self.folder / name
        sources = Sources(log, list(map(str, parsed)), PARSED_SCHEMA, self.portals, self.known)
        build(path, sources)
        return path
