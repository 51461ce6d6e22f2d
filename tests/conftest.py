"""What all tests share: the founding reports, where they are present."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browser import Opened, browser

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


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
