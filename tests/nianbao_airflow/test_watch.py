"""The watching tasks beside their one call: what fails a run, and what is cleaned how."""

import os
import subprocess
from datetime import UTC, date, datetime

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from nianbao.errors import ConfigurationError, NotYetError
from nianbao.pipeline.watching import deadlines
from nianbao_airflow import defaults, watch

NOW = datetime(2026, 6, 7, tzinfo=UTC)
PARAMS = {"run_days": 400, "log_days": 30, "dry_run": False}


@pytest.mark.parametrize(
    ("worst", "fail_on", "fails"),
    [
        ("error", "error", True),
        ("warning", "error", False),
        ("warning", "warning", True),
        ("error", "warning", True),
        ("error", "never", False),
        (None, "warning", False),
    ],
)
def test_a_run_fails_by_severity_and_no_retry_follows(worst, fail_on, fails):
    summary = {"worst": worst, "error": 2, "warning": 1}
    if fails:
        with pytest.raises(AirflowFailException, match="2 errors, 1 warnings"):
            watch.judge(summary, fail_on)
    else:
        watch.judge(summary, fail_on)


@pytest.mark.parametrize("reason", ["harvest_not_finished", "not_harvested_since_deadline"])
def test_a_list_waits_for_harvests_and_is_written_as_preliminary_on_the_last_try(
    monkeypatch, tmp_path, reason
):
    body = {"status": "not_seen", "reason": reason}
    waiting = deadlines.Standing(date(2026, 1, 31), date(2026, 2, 1), "v", (body,))
    written, told = [], []
    monkeypatch.setattr(deadlines, "standing_at", lambda *_: waiting)
    monkeypatch.setattr(deadlines, "write_lists", lambda *_: written.append(1) or [])
    monkeypatch.setattr(watch.alerts, "digest", lambda _, summary: told.append(summary))
    with pytest.raises(NotYetError, match="1 of 1 rows wait"):
        watch.deadlines(None, is_last=False)
    assert (written, told) == ([], [])
    assert watch.deadlines(None, is_last=True)["preliminary"] == 1
    assert (len(written), len(told)) == (1, 1)


@pytest.fixture
def called(monkeypatch):
    """What was run, and what it is to return."""
    calls = {"code": 0}

    def run(command, env, **_):
        calls.update(command=command[3:], env=env)
        return subprocess.CompletedProcess(command, calls["code"], "cleaned", "no such table")

    monkeypatch.setattr(watch.subprocess, "run", run)
    monkeypatch.setenv("NIANBAO_METADATA_URL", "postgresql://u:p%40@db/airflow")
    monkeypatch.setenv("_AIRFLOW_PROCESS_CONTEXT", "client")
    return calls


def test_old_runs_are_cleaned_by_airflows_own_command_on_its_own_database(called):
    watch.clean_runs(PARAMS, NOW)
    assert called["command"] == [
        *("db", "clean", "--yes", "--skip-archive"),
        *("--clean-before-timestamp", "2025-05-03T00:00:00+00:00"),
    ]
    given = called["env"]["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    assert given == "postgresql://u:p%%40@db/airflow"
    assert "_AIRFLOW_PROCESS_CONTEXT" not in called["env"]
    watch.clean_runs({**PARAMS, "dry_run": True}, NOW)
    assert called["command"][-1] == "--dry-run"


def test_a_worker_that_is_not_given_the_database_says_what_to_do(monkeypatch):
    monkeypatch.delenv("NIANBAO_METADATA_URL", raising=False)
    with pytest.raises(
        AirflowSkipException, match=r"airflow db clean .* 2025-05-03 --skip-archive"
    ):
        watch.clean_runs(PARAMS, NOW)


def test_a_command_that_fails_is_told(called):
    called["code"] = 1
    with pytest.raises(ConfigurationError, match="no such table"):
        watch.clean_runs(PARAMS, NOW)


def test_the_log_of_a_run_goes_when_nothing_in_it_is_new(tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW__LOGGING__BASE_LOG_FOLDER", str(tmp_path))
    for run, age in (("old", 31), ("long", 31), ("new", 1)):
        file = tmp_path / "dag_id=d" / f"run_id={run}" / "task_id=t" / "attempt=1.log"
        file.parent.mkdir(parents=True)
        file.touch()
        at = NOW.timestamp() - age * 86_400
        for path in (file, file.parent, file.parents[1]):
            os.utime(path, (at, at))
    # A run that goes on for weeks still writes.
    os.utime(tmp_path / "dag_id=d" / "run_id=long" / "task_id=t" / "attempt=1.log", (at, at))
    assert watch.clean_logs({**PARAMS, "dry_run": True}, NOW.timestamp()) == {"removed": 1}
    assert watch.clean_logs(PARAMS, NOW.timestamp()) == {"removed": 1}
    left = sorted(path.name for path in (tmp_path / "dag_id=d").iterdir())
    assert left == ["run_id=long", "run_id=new"]


def test_the_dag_processors_logs_of_old_days_go_too(tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW__LOGGING__BASE_LOG_FOLDER", str(tmp_path))
    parsing = tmp_path / "dag_processor"
    monkeypatch.setenv("AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY", str(parsing))
    for name, age in (("2026-05-07", 31), ("2026-06-06", 1)):
        file = parsing / name / "dags-folder" / "harvest.py.log"
        file.parent.mkdir(parents=True)
        file.touch()
        for path in (file, file.parent, file.parents[1]):
            os.utime(path, (NOW.timestamp() - age * 86_400,) * 2)
    (parsing / "latest").symlink_to(parsing / "2026-06-06")
    assert watch.clean_logs(PARAMS, NOW.timestamp()) == {"removed": 1}
    assert sorted(path.name for path in parsing.iterdir()) == ["2026-06-06", "latest"]


def test_of_a_failed_run_its_tasks_tell_but_of_one_out_of_time_nobody_else_does(monkeypatch):
    told = []
    monkeypatch.setattr(defaults.alerts, "on_failure", told.append)
    defaults.on_run_failure({"reason": "task_failure"})
    defaults.on_run_failure({"reason": "timed_out"})
    assert told == [{"reason": "timed_out"}]
