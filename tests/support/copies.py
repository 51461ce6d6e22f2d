"""Warehouses that differ in one title, copied from one that was built: quick to have many of."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import duckdb

from nianbao.quality.run import CheckTotals
from nianbao.warehouse.build import Sources
from support.world import World, report


class Copies:
    """One built warehouse, and staging folders with copies of it."""

    def __init__(self, folder: Path, reports: int = 1) -> None:
        self.root = folder / "root"
        world = World(folder)
        world.serve("http://x/1", "one", *(report(f"第{n}局") for n in range(reports)))
        self.template = world.build("built/nianbao.duckdb")

    def staging(self, number: int) -> Path:
        """Return a staging folder whose reports are titled `number …`, whatever is asked of them."""
        folder = self.root / "staging" / f"{number:08d}-copy"
        folder.mkdir(parents=True)
        shutil.copy(self.template, folder / "nianbao.duckdb")
        with duckdb.connect(str(folder / "nianbao.duckdb")) as con:
            con.execute("UPDATE report_versions SET title = ?", [f"number {number}"])
        return folder


@contextmanager
def quick_builds(template: Path) -> Iterator[None]:
    """Let the pipeline's builds be copies whose reports are titled as in the newest parsed part.

    What is published and when does not hang on what a build does, and a whole one takes seconds.
    """

    def build(path: Path, sources: Sources, _limits: object = None) -> None:
        shutil.copy(template, path)
        newest = duckdb.read_parquet(max(sources.parsed)).project("max(title)").fetchall()
        with duckdb.connect(str(path)) as con:
            con.execute("UPDATE report_versions SET title = ?", newest[0])

    def run_checks(path: Path, _rules: Sequence[object]) -> CheckTotals:
        with duckdb.connect(str(path)) as con:
            con.execute("DELETE FROM evaluated_rules")
            con.execute("INSERT INTO evaluated_rules (rule_id, subjects) VALUES ('one', 1)")
        return CheckTotals(0, 0, 0)

    pipeline = "nianbao.pipeline.warehouse"
    with (
        patch("nianbao.warehouse.build.build", build),
        patch(f"{pipeline}.run_checks", run_checks),
        patch(f"{pipeline}.load_rules", tuple),
        patch(f"{pipeline}.keep_identities", lambda *_: 0),
    ):
        yield
