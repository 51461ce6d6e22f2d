"""Which documents a reader version has done with."""

from pathlib import Path

import pytest

from nianbao.errors import ReadError
from nianbao.pipeline.storage import ParsedStore
from nianbao.reports.parsed import Reading, to_table
from support.world import report

READ = Reading("read", found=(report(),))
WAITING = Reading("waiting", found=(ReadError("converter_missing", "a.doc: no LibreOffice"),))
READ_SINCE = Reading("waiting", found=(report(),))


@pytest.fixture
def store(tmp_path: Path) -> ParsedStore:
    store = ParsedStore(str(tmp_path), tmp_path / "cache")
    store.write("1", "part-b", to_table([READ, WAITING]))
    return store


def test_what_still_misses_its_converter_is_not_read_again(store: ParsedStore) -> None:
    assert store.documents("1", ["no LibreOffice"]) == {"read", "waiting"}


def test_what_waited_for_a_converter_that_is_there_now_is_read_again(store: ParsedStore) -> None:
    assert store.documents("1", ["no program for rar"]) == {"read"}
    assert store.documents("1") == {"read"}


@pytest.mark.parametrize("part", ["part-a", "part-c"])
def test_once_read_it_is_done_with(store: ParsedStore, part: str) -> None:
    store.write("1", part, to_table([READ_SINCE]))
    assert store.documents("1") == {"read", "waiting"}


def test_another_reader_version_has_read_nothing(store: ParsedStore) -> None:
    assert store.documents("2") == set()
