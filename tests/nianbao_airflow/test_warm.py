"""What a worker imports before it is copied for its tasks."""

import sys

from airflow.executors.local_executor import LocalExecutor

from nianbao_airflow import warm
from nianbao_airflow.local.executor import WarmLocalExecutor


def test_what_is_named_is_there_and_a_fault_stops_no_worker(monkeypatch, caplog):
    warm.warm()
    assert {*warm.NEEDED} <= {*sys.modules}
    monkeypatch.setattr(warm, "NEEDED", ("nianbao.no_such_module", "json"))
    warm.warm()
    assert "nianbao.no_such_module" in caplog.text


def test_workers_are_copied_only_after_the_imports(monkeypatch):
    done = []
    monkeypatch.setattr("nianbao_airflow.local.executor.warm", lambda: done.append("imports"))
    monkeypatch.setattr(LocalExecutor, "start", lambda _: done.append("workers"))
    WarmLocalExecutor().start()
    assert done == ["imports", "workers"]
