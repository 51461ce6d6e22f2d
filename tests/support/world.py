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

    def serve(
        self, url: str, name: str, *reports: Report, portal: str = "p/site", **fetch: object
    ) -> str:
        """Let an address serve a document called `name` that holds some reports."""
        sha256 = sha256_of(name.encode())
        self.readings[sha256] = Reading(sha256, "html", reports)
        when = START + timedelta(hours=len(self.log))
        self.log.append(Fetch(portal, url, "report", "fetched", when, 5, sha256=sha256, **fetch))  # type: ignore[arg-type]
        return sha256

    def gone(self, url: str, portal: str = "p/site") -> None:
        """Let an address answer that there is nothing any more."""
        when = START + timedelta(hours=len(self.log))
        self.log.append(Fetch(portal, url, "report", "gone", when, 5, status=404))

    def build(self, name: str = "w.duckdb") -> Path:
        """Build the warehouse and return its path."""
        parts = {"parsed": self.readings.values(), "another": self.other_part}
        parsed = [self.folder / f"{part}.parquet" for part in parts]
        for path, readings in zip(parsed, parts.values(), strict=True):
            pq.write_table(to_table(readings), path)
        rows = [{**asdict(fetch), "run_id": "run"} for fetch in self.log]
        log = pa.Table.from_pylist(rows, schema=LOG_SCHEMA)
        path = self.folder / name
        build(path, Sources(log, list(map(str, parsed)), PARSED_SCHEMA, self.portals))
        return path
