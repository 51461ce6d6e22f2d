"""An upgrade is tried elsewhere; the lock changes only where all went well and somebody asked for it."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from nianbao_airflow.upgrade import __main__ as command
from nianbao_airflow.upgrade import trial
from nianbao_airflow.upgrade.lock import Change, changes, versions_in
from nianbao_airflow.upgrade.trial import Step

OLD = "a==1.2.3 \\\n    --hash=sha256:0\nb==1.0 ; python_full_version < '3.12'\nb==2.0\ngone==1\n"
NEW = "a==1.2.4\nb==1.0\nb==3.0\nfresh==0.1\n"


def test_changes_are_named_by_how_much_may_differ() -> None:
    found = changes(versions_in(OLD), versions_in(NEW))
    assert found == [
        Change("a", "1.2.3", "1.2.4"),
        Change("b", "1.0 2.0", "1.0 3.0"),
        Change("fresh", "", "0.1"),
        Change("gone", "1", ""),
    ]
    assert [one.kind for one in found] == ["patch", "major", "added", "removed"]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("1.2.3", "2.0", "major"),
        ("1.2.3", "1.3", "minor"),
        ("1.2", "1.2.1", "patch"),
        ("", "1", "added"),
    ],
)
def test_kinds_of_change(old: str, new: str, kind: str) -> None:
    assert Change("a", old, new).kind == kind


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lock of its own, a newer one, and a database."""
    (tmp_path / "requirements.lock").write_text(OLD, "utf-8")
    (tmp_path / "new.lock").write_text(NEW, "utf-8")
    with closing(sqlite3.connect(tmp_path / "airflow.db")) as con:
        con.execute("CREATE TABLE t (x)")
    monkeypatch.setattr(command, "LOCK", tmp_path / "requirements.lock")
    return tmp_path


def tried(tree: Path, monkeypatch: pytest.MonkeyPatch, code: int, *options: str) -> int:
    """Try an upgrade with a step that ends with a code instead of the real ones."""

    def steps(*_: object, **__: object) -> Iterator[Step]:
        yield Step("first", [sys.executable, "-S", "-c", "pass"])
        yield Step(
            "second", [sys.executable, "-S", "-c", f"print('why'); raise SystemExit({code})"]
        )

    monkeypatch.setattr(trial, "steps", steps)
    work, database = str(tree / "work"), str(tree / "airflow.db")
    given = ["--work", work, "--database", database, "--lock", str(tree / "new.lock")]
    return command.main([*given, *options])


def test_go_leaves_the_tree_untouched_unless_it_is_applied(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tried(tree, monkeypatch, 0) == 0
    assert (tree / "requirements.lock").read_text("utf-8") == OLD
    assert "APPLY=1" in capsys.readouterr().out
    assert tried(tree, monkeypatch, 0, "--apply") == 0
    assert (tree / "requirements.lock").read_text("utf-8") == NEW
    assert (tree / "requirements.lock").stat().st_mode & 0o777 == 0o644


def test_no_go_says_what_failed_and_never_applies(
    tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tried(tree, monkeypatch, 3, "--apply") == 1
    said = capsys.readouterr().out
    assert "FAILED  second" in said
    assert "why" in said
    assert "No-go: second failed" in said
    assert (tree / "requirements.lock").read_text("utf-8") == OLD


def test_the_database_is_a_copy(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (tree / "airflow.db").read_bytes()
    tried(tree, monkeypatch, 0)
    with closing(sqlite3.connect(tree / "work" / "airflow" / "airflow.db")) as con:
        con.execute("DROP TABLE t")
    assert (tree / "airflow.db").read_bytes() == before


def test_nothing_newer_is_a_go_without_a_trial(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--work", str(tree / "work"), "--lock", str(tree / "requirements.lock")]
    assert command.main(given) == 0
    assert "Nothing is newer" in capsys.readouterr().out


def test_a_trial_knows_nothing_of_the_airflow_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("NIANBAO_ARCHIVE_URL", "s3://real/archive")
    found = trial.environment(tmp_path / "airflow")
    assert "AIRFLOW__CORE__EXECUTOR" not in found
    assert "NIANBAO_ARCHIVE_URL" not in found
    assert str(tmp_path) in found["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
