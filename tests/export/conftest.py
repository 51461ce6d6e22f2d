"""One warehouse and one whole export of it, for all tests that only read them."""

from pathlib import Path

import pytest

from nianbao.export.run import Order, export
from nianbao.export.source import Published
from support.export_world import published


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return published(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="session")
def exported(source: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("export") / "exports"
    export(source, Order(), target)
    return target
