"""The same parsed input gives the same content hash, however it is cut and by however many threads."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nianbao.archive.log import LOG_SCHEMA
from nianbao.model import Cell, Fact, Finding, Report, Section
from nianbao.reports.parsed import PARSED_SCHEMA, Reading, to_table
from nianbao.warehouse.build import Limits, Sources, build
from nianbao.warehouse.content import content_hash
from support.world import World, report

_CODES = ("applications.received.total", "applications.carried_in.total", "reviews.review.total")


def documents() -> list[Report]:
    chance = random.Random(4)
    return [
        replace(
            report(f"第{chance.randrange(30)}局", 2019 + number % 5),
            published_on=chance.choice((None, "2022-01-20")),
            cells=tuple(
                Cell(code, str(number), "number", number, f"t1.r{number % 9}.c8") for code in _CODES
            ),
            sections=(Section(1, "overall", "一、总体情况", "全文" * number, "p1"),),
            narrative=(Fact("staff", 3, "人", "三人", "p1"),),
            findings=(Finding("unknown_label", "warning", "m"),),
        )
        for number in range(40)
    ]


class Inputs:
    """A log and readings, to be built from in any order."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.world = folder, World(folder)
        for number, body in enumerate(documents()):
            self.world.serve(f"http://x/{number % 35}", str(number), body)

    def hash(self, seed: int, parts: int, threads: int) -> str:
        """Return the content hash of a build from shuffled lines in so many parts."""
        chance, name = random.Random(seed), f"{seed}-{parts}-{threads}"
        readings, log = list(self.world.readings.values()), list(self.world.log)
        chance.shuffle(readings)
        chance.shuffle(log)
        rows = [
            {
                **{field.name: getattr(fetch, field.name, None) for field in LOG_SCHEMA},
                "run_id": "run",
            }
            for fetch in log
        ]
        paths = list(self._parts(name, readings, parts))
        chance.shuffle(paths)
        path = self.folder / f"{name}.duckdb"
        portals = chance.sample(self.world.portals, len(self.world.portals))
        log_table = pa.Table.from_pylist(rows, schema=LOG_SCHEMA)
        sources = Sources(log_table, paths, PARSED_SCHEMA, portals)
        build(path, sources, Limits(threads=threads))
        return content_hash(path)

    def _parts(self, name: str, readings: Sequence[Reading], parts: int) -> list[str]:
        paths = []
        for number in range(parts):
            path = self.folder / f"{name}-{number}.parquet"
            pq.write_table(to_table(readings[number::parts]), path)
            paths.append(str(path))
        return paths


def test_neither_batches_nor_what_became_a_layout_change_the_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = Inputs(tmp_path)
    hashes = {inputs.hash(0, 1, 1)}
    monkeypatch.setattr("nianbao.warehouse.cells.load._BATCH", 3)
    hashes.add(inputs.hash(3, 2, 2))
    monkeypatch.setattr("nianbao.warehouse.cells.layouts._MOST", 1)
    hashes.add(inputs.hash(4, 3, 8))
    assert len(hashes) == 1


@pytest.mark.parametrize("field", ["location", "label", "heading", "unit", "raw"])
def test_every_text_around_a_number_counts(tmp_path: Path, field: str) -> None:
    hashes = set()
    for name, text in (("one", "甲"), ("other", "乙")):
        world = World(tmp_path / name)
        (tmp_path / name).mkdir()
        cell = Cell(_CODES[0], "5", "number", 5, "t1.r1.c8")
        for address in range(3):  # so that it is in a layout
            body = report(f"第{address}局", cells=(replace(cell, **{field: text}),))
            world.serve(f"http://x/{address}", str(address), body)
        hashes.add(content_hash(world.build()))
    assert len(hashes) == 2


def test_neither_order_nor_parts_nor_threads_change_the_hash(tmp_path: Path) -> None:
    inputs = Inputs(tmp_path)
    cases = ((0, 1, 1), (1, 5, 4), (2, 40, 2))
    assert len({inputs.hash(*case) for case in cases}) == 1
