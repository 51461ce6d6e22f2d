"""Files made to fill the memory or to take for ever end quickly, as a document or as one clear error."""

import resource
from pathlib import Path

import pytest

from nianbao.errors import ReadError
from support.hostile_office import hostile_files
from support.reading import read_documents

CODES = {"damaged", "over_limit", "encrypted", "unsupported_format"}
QUICK = dict(hostile_files())
MOST_BYTES = 2_000_000_000
"""Of address space above what is in use: a bomb that went off would need more."""


@pytest.fixture(autouse=True)
def _bounded() -> object:
    limits = resource.getrlimit(resource.RLIMIT_AS)
    with Path("/proc/self/statm").open() as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST_BYTES, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, limits)


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.timeout(60)
def test_it_ends(name: str) -> None:
    try:
        found = list(read_documents(QUICK[name]))
    except ReadError as error:
        found = [error]
    assert all(one.code in CODES for one in found if isinstance(one, ReadError))
