"""An installation with reports that nobody fetched: log and parsed parts written as a harvest would."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from nianbao.archive.log import write_part
from nianbao.model import Cell, Fetch, Report, sha256_of
from nianbao.pipeline import warehouse
from nianbao.pipeline.storage import ParsedStore
from nianbao.reports import READER_VERSION
from nianbao.reports.parsed import Reading, to_table
from nianbao.settings import Settings

START = datetime(2026, 1, 20, tzinfo=UTC)
RECORD = "name: {name}\nfamily: inbox\nstart_urls: [{folder}]\nstage: {stage}\n"


def installed(folder: Path, **settings: Any) -> "Installation":
    """Make an installation with a portal for what is public and one for drafts."""
    (folder / "portals" / "p").mkdir(parents=True)
    for name, stage in (("site", "published"), ("drafts", "draft")):
        (folder / name).mkdir()
        text = RECORD.format(name=f"{name} {stage}", folder=folder / name, stage=stage)
        (folder / "portals" / "p" / f"{name}.yaml").write_text(text, "utf-8")
    home = {"home": folder / "home", "portals_dir": folder / "portals"}
    return Installation(Settings(**{**home, **settings}))


def reports(number: int, count: int = 1, value: int = 3) -> list[Report]:
    """Return reports of as many organisations; `number` tells one harvest's from another's."""
    return [
        Report(
            f"第{number}号第{place}局", 2021, "2021", "agency", f"第{number}号年报", None,
            cells=tuple(
                Cell(f"applications.{row}.total", str(value), "number", value, f"t1.r{place}.c8")
                for row, value in (("received", value), ("carried_in", 0), ("carried_out", 1))
            ),
        )
        for place in range(count)
    ]  # fmt: skip


class Installation:
    """Reports put in, and the steps from there to the published file."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.root, self.runs = settings, settings.warehouse_root, 0

    def harvest(self, found: Sequence[Report], portal: str = "p/site", url: str = "") -> str:
        """Add a document with these reports, as one harvest and one read batch; return its hash."""
        self.runs += 1
        sha256 = sha256_of(f"document {self.runs}".encode())
        when = START + timedelta(hours=self.runs)
        url = url or f"http://{portal}/{self.runs}"
        fetch = Fetch(portal, url, "report", "fetched", when, 5, sha256=sha256)
        write_part(self.settings.archive_root, f"run-{self.runs}", "part", [fetch])
        table = to_table([Reading(sha256, "html", tuple(found))])
        ParsedStore(self.settings.parsed_root, self.settings.cache_folder).write(
            READER_VERSION, f"part-{self.runs:04d}", table
        )
        return sha256

    def visit_again(self) -> None:
        """Add a harvest whose one request brought nothing."""
        self.runs += 1
        when = START + timedelta(hours=self.runs)
        fetch = Fetch("p/site", "http://p/site/", "list", "fetched", when, 5)
        write_part(self.settings.archive_root, f"run-{self.runs}", "part", [fetch])

    def check(self) -> dict[str, Any]:
        """Build and check a staging warehouse."""
        return warehouse.check(self.settings, warehouse.build(self.settings))

    def publish(self, built: dict[str, Any] | None = None) -> dict[str, Any]:
        """Publish a build, or one of the sources as they are now."""
        return warehouse.publish(self.settings, built or self.check(), without_gate=True)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the published warehouse."""
        with duckdb.connect(str(self.root / "nianbao.duckdb"), read_only=True) as con:
            return con.execute(sql).fetchall()
