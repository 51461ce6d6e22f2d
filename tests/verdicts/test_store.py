"""The store: only added to, safe for two writers, the same on SQLite and PostgreSQL."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from nianbao.errors import ConfigurationError, VerdictError
from nianbao.verdicts.connect import engine_for
from nianbao.verdicts.lifecycle import decide
from nianbao.verdicts.store import Store
from support.verdicts import event, item, verdict

FULL = event(
    "returned", due_on=date(2026, 3, 5), remark="=1+1，“引号”\n第二行", automatic=True, list_id="l1"
)
DATABASES = ("sqlite_url", "postgres_url")


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite_url":
        return str(request.getfixturevalue("sqlite_url"))
    location = str(request.getfixturevalue("postgres_url"))
    run(location, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return location


def run(location: str, *statements: str) -> None:
    engine = engine_for(location)
    with engine.begin() as con:
        for statement in statements:
            con.execute(text(statement))
    engine.dispose()


both = pytest.mark.parametrize("url", DATABASES, indirect=True)


@both
def test_what_is_added_comes_back_as_it_was(url: str) -> None:
    with Store(url) as store:
        with store.writing() as found:
            assert found.add([FULL, replace(FULL, step=2, state="corrected")]) == 2
        with store.reading() as found:
            assert [one.step for one in found.events()] == [1, 2]
            assert found.latest()[FULL.item_key] == replace(FULL, step=2, state="corrected")
            assert found.latest(["x"]) == {}
            assert found.beginning_with("kk") == [FULL.item_key]
            assert found.beginning_with("%") == []


@both
def test_a_transaction_that_fails_leaves_nothing(url: str) -> None:
    with Store(url) as store:
        with pytest.raises(VerdictError, match="could not be written"), store.writing() as found:
            found.add([replace(FULL, step=1 + turn // 2) for turn in range(4)])
        with store.reading() as found:
            assert list(found.events()) == []


@both
def test_two_writers_at_once_never_take_the_same_step(url: str) -> None:
    """Both make the tables too, each in a connection of its own."""

    def write(who: int) -> None:
        with Store(url) as store:
            for turn in range(5):
                with store.writing() as found:
                    last = found.latest([FULL.item_key]).get(FULL.item_key)
                    said = verdict("returned", remark=f"{who} {turn}")
                    made = decide(last, item(), said)
                    assert made is not None
                    found.add([made])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (1, 2)))
    with Store(url) as store, store.reading() as found:
        assert [one.step for one in found.events()] == list(range(1, 11))


@both
def test_events_that_are_there_are_not_added_again(url: str) -> None:
    with Store(url) as store, store.writing() as found:
        assert found.add_missing([FULL]).events == (FULL,)
        assert found.add_missing([FULL, replace(FULL, step=2)]).events == (replace(FULL, step=2),)


@both
def test_two_histories_of_an_item_are_never_mixed(url: str) -> None:
    """After a loss the store has begun anew: an older decision must not follow a newer one."""
    older = [FULL, replace(FULL, step=2, state="confirmed")]
    other = replace(FULL, item_key="o" * 16)
    began_anew = replace(FULL, who="王五", state="false_alarm")
    with Store(url) as store, store.writing() as found:
        found.add([began_anew])
        added = found.add_missing([*older, other])
        assert (added.events, added.conflicts) == ((other,), (FULL.item_key,))
        assert found.latest([FULL.item_key]) == {FULL.item_key: began_anew}


@both
def test_the_store_of_an_older_program_gets_the_new_columns(url: str) -> None:
    with Store(url) as store, store.writing() as found:
        found.add([replace(FULL, source=None, list_id=None)])
    run(url, "DROP INDEX verdict_events_of_a_list")
    run(url, *(f"ALTER TABLE verdict_events DROP COLUMN {name}" for name in ("list_id", "source")))
    with Store(url) as store, store.reading() as found:
        assert list(found.events()) == [replace(FULL, source=None, list_id=None)]


def test_the_store_of_a_newer_program_is_left_alone(sqlite_url: str) -> None:
    with Store(sqlite_url) as store, store.writing() as found:
        found.add([FULL])
    run(sqlite_url, "INSERT INTO verdict_schema VALUES (99)")
    with (
        pytest.raises(ConfigurationError, match="newer program"),
        Store(sqlite_url) as store,
        store.reading(),
    ):
        pass


def test_a_store_that_may_only_be_read_can_be_read(tmp_path: Path, sqlite_url: str) -> None:
    with Store(sqlite_url) as store, store.writing() as found:
        found.add([FULL])
    locked = f"sqlite:///file:{tmp_path / 'verdicts.sqlite'}?mode=ro&uri=true"
    with Store(locked) as store:
        with store.reading() as found:
            assert len(list(found.events())) == 1
        with pytest.raises(VerdictError, match="readonly") as raised, store.writing() as found:
            found.add([replace(FULL, step=2)])
    assert len(str(raised.value).splitlines()) == 1


def test_a_full_disk_is_one_clear_line_and_nothing_is_half_written(sqlite_url: str) -> None:
    with Store(sqlite_url) as store:
        with store.writing() as found:
            found.add([FULL])
        engine = store._opened(writes=True)
        with engine.connect() as con:
            con.exec_driver_sql("PRAGMA max_page_count = 12")
        many = [replace(FULL, step=step, remark="长" * 3000) for step in range(2, 60)]
        with pytest.raises(VerdictError, match="full") as raised, store.writing() as found:
            found.add(many)
        assert len(str(raised.value).splitlines()) == 1
        with store.reading() as found:
            assert len(list(found.events())) == 1


def test_a_writer_waits_for_another_program(tmp_path: Path, sqlite_url: str) -> None:
    with Store(sqlite_url) as store:
        with store.writing() as found:
            found.add([FULL])
        other = sqlite3.connect(tmp_path / "verdicts.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(_add, sqlite_url)
            with store.reading() as found:  # readers never wait
                assert len(list(found.events())) == 1
            other.execute("COMMIT")
            waiting.result(timeout=60)
        other.close()


def _add(location: str) -> None:
    with Store(location) as store, store.writing() as found:
        found.add([replace(FULL, step=2)])


@pytest.mark.parametrize(
    ("location", "words"),
    [("nonsense", "no database URL"), ("mysql://x/y", "SQLite or PostgreSQL")],
)
def test_a_wrong_url_is_told(location: str, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        engine_for(location)
