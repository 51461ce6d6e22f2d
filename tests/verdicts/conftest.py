"""Stores to try, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.postgres import postgres


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    pytest.importorskip("psycopg")
    with postgres() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'verdicts.sqlite'}"
