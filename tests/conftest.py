"""What all tests share: their order, and the founding reports, where they are present."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from support.browser import Opened, browser

LONGEST = (
    "nianbao_airflow/test_whole_run.py",
    "pipeline",
    "nianbao_airflow",
    "dags",
    "warehouse",
    "quality",
    "documents",
)
"""Files and folders of tests that take longest: they begin first, so that two processes end together."""
TESTS = Path(__file__).resolve().parent
# A busy machine takes seconds over what a quiet one does at once; nothing here asserts a time.
settings.register_profile("nianbao", deadline=None)
settings.load_profile("nianbao")
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def pytest_configure(config: pytest.Config) -> None:
    """Keep pytest-xdist from beginning with the files of most tests, which are the quick ones."""
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest; within a file nothing moves."""
    items.sort(key=lambda item: _rank(item.path))


def _rank(path: Path) -> int:
    for rank, name in enumerate(LONGEST):
        if path.is_relative_to(TESTS / name):
            return rank
    return len(LONGEST)


@pytest.fixture(scope="session")
def seeds() -> Path:
    """Folder of the founding reports beside the checkout."""
    if not SEEDS.is_dir():
        pytest.skip("the founding reports are not beside this checkout")
    return SEEDS


@pytest.fixture
def opened() -> Iterator[Opened]:
    """Give a browser tab."""
    with browser() as tab:
        yield tab
