"""Fixtures of the warehouse's tests."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from support.world import World


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def query() -> Callable[[Path, str], list[tuple[object, ...]]]:
    def run(path: Path, sql: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(path), read_only=True) as con:
            return con.execute(sql).fetchall()

    return run
