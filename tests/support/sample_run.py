"""The sample portals harvested, read, built, checked, judged and published for real, in one process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from nianbao.pipeline import harvest, reading, warehouse
from nianbao.sample.portals import write_inbox, write_portal_records
from nianbao.sample.site import SampleSites, serve
from nianbao.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class SampleRun:
    """An installation in a folder of its own, with the sample portals running."""

    settings: Settings
    sites: SampleSites
    inbox: Path
    runs: int = 0

    def harvest(self) -> dict[str, int]:
        """Harvest every shard; return the number of requests per outcome."""
        self.runs += 1
        outcomes: dict[str, int] = {}
        for shard in harvest.plan(self.settings):
            done = harvest.harvest(self.settings, shard, f"run-{self.runs}", 1, None)
            for outcome, count in done["outcomes"].items():
                outcomes[outcome] = outcomes.get(outcome, 0) + count
        return outcomes

    def read(self) -> int:
        """Read what is pending; return the number of documents."""
        batches = reading.pending(self.settings)
        return sum(reading.read(self.settings, batch)["documents"] for batch in batches)

    def check(self) -> dict[str, Any]:
        """Build and check a staging warehouse."""
        return warehouse.check(self.settings, warehouse.build(self.settings))

    def publish(self, *, gate: bool = False) -> dict[str, Any]:
        """Build, check and publish; with `gate`, let Great Expectations judge it before."""
        built = self.check()
        if gate:
            built = warehouse.gate(self.settings, built)
        return warehouse.publish(self.settings, built, without_gate=not gate)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the published warehouse."""
        path = self.settings.warehouse_root / "nianbao.duckdb"
        with duckdb.connect(str(path), read_only=True) as con:
            return con.execute(sql).fetchall()


@contextmanager
def sample_run(folder: Path, **settings: Any) -> Iterator[SampleRun]:
    """Start the sample portals and prepare an installation below `folder`."""
    inbox, portals = folder / "inbox", folder / "portals"
    write_inbox(inbox)
    with serve() as sites:
        write_portal_records(portals, sites.ports, inbox=inbox, hosts=sites.hosts)
        installed = Settings(
            home=folder / "home",
            portals_dir=portals,
            great_expectations_dir=ROOT / "great_expectations",
            # Reports of years ago are corrected a moment after they were fetched.
            **{"revisit_every_days": 0, **settings},
        )
        yield SampleRun(installed, sites, inbox)
