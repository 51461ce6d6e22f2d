"""Our numbers arrive at a StatsD receiver under the names that are declared."""

import socket

import pytest
from airflow.sdk.exceptions import AirflowSkipException
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics.stats_utils import get_stats_factory

from nianbao.errors import GateError
from nianbao_airflow import tasks, watch
from nianbao_airflow.metrics import emit as emitting
from nianbao_airflow.metrics.declared import metrics, value_at
from nianbao_airflow.metrics.emit import emit, measured

HARVEST = {
    "portals": 2,
    "bytes": 1024,
    "by_portal": [
        {"seen": 5, "new": 2, "changed": 1, "unchanged": 0, "blocked": 0, "failed": 1},
        {"seen": 3, "new": 0, "changed": 0, "unchanged": 3, "blocked": 4, "failed": 0},
    ],
}


@pytest.fixture
def receiver(monkeypatch):
    """A StatsD server that keeps each line: what Airflow itself is told to send to."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.05)
        port = str(server.getsockname()[1])
        monkeypatch.setenv("AIRFLOW__METRICS__STATSD_ON", "True")
        monkeypatch.setenv("AIRFLOW__METRICS__STATSD_HOST", "127.0.0.1")
        monkeypatch.setenv("AIRFLOW__METRICS__STATSD_PORT", port)
        made = get_stats_factory()()
        stats.initialize(factory=lambda: made, export_legacy_names=False)
        yield lambda: dict(line.split(":") for line in _lines(server))
        made.statsd.close()
    monkeypatch.undo()
    stats.initialize(factory=get_stats_factory(), export_legacy_names=False)


def _lines(server):
    while True:
        try:
            yield server.recv(2000).decode()
        except TimeoutError:
            return


def test_what_a_harvest_did_arrives(receiver):
    @measured
    def harvest():
        return HARVEST

    assert harvest() == HARVEST
    got = receiver()
    assert got.pop("airflow.nianbao.step_seconds.harvest").endswith("|ms")
    assert got == {
        "airflow.nianbao.portals_asked": "2|c",
        "airflow.nianbao.leads": "8|c",
        "airflow.nianbao.documents_new": "2|c",
        "airflow.nianbao.documents_changed": "1|c",
        "airflow.nianbao.documents_unchanged": "3|c",
        "airflow.nianbao.requests_blocked": "4|c",
        "airflow.nianbao.requests_failed": "1|c",
        "airflow.nianbao.fetched_bytes": "1024|c",
    }


def test_what_is_published_arrives(receiver, monkeypatch):
    failed = {"error": 7, "warning": 3, "info": 0}
    standing = {"version_age_seconds": 90.0, "checks_failed": failed}
    monkeypatch.setattr(emitting, "_standing", lambda _step: standing)
    summary = {"reports": 12, "quarantined": 1, "checks_not_assessable": 40}
    emit("publish", {"new": True, "summary": summary})
    assert receiver() == {
        "airflow.nianbao.versions_published": "1|c",
        "airflow.nianbao.version_age_seconds": "90.0|g",
        "airflow.nianbao.reports": "12.0|g",
        "airflow.nianbao.quarantined": "1.0|g",
        "airflow.nianbao.checks_failed.error": "7.0|g",
        "airflow.nianbao.checks_failed.warning": "3.0|g",
        "airflow.nianbao.checks_failed.info": "0.0|g",
        "airflow.nianbao.checks_not_assessable": "40.0|g",
    }


@pytest.mark.parametrize(
    ("error", "counted"), [(GateError("x"), True), (AirflowSkipException("x"), False)]
)
def test_a_failed_step_is_counted_and_a_skipped_one_is_not(receiver, error, counted):
    @measured
    def gate():
        raise error

    with pytest.raises(type(error)):
        gate()
    got = receiver()
    assert ("airflow.nianbao.step_failures.gate" in got) is counted
    assert "airflow.nianbao.step_seconds.gate" in got


def test_what_a_step_does_not_say_is_not_sent_as_nothing(receiver):
    emit("read", {"documents": 3})
    assert receiver() == {"airflow.nianbao.documents_read": "3|c"}


def test_a_lost_receiver_and_a_wrong_value_fail_no_task(receiver, caplog):
    emit("read", {"documents": "many"})
    assert "metrics of read not sent" in caplog.text


def test_a_sum_over_a_list_needs_all_its_parts():
    assert value_at({"a": [{"b": 1}, {"b": 2}]}, "a[].b") == 3
    assert value_at({"a": [{"b": 1}, {}]}, "a[].b") is None
    assert value_at({"a": []}, "a[].b") == 0
    assert value_at({}, "a[].b") is None


def test_every_step_of_a_metric_is_a_function_that_is_measured():
    for metric in metrics():
        for step in set(metric.steps) - {"alert"}:
            function = getattr(tasks, step, None) or getattr(watch, step)
            assert function.__wrapped__.__name__ == step


def test_every_declared_name_is_one_that_airflow_takes():
    for metric in metrics():
        for name in metric.names:
            assert stats.normalize_name_for_stats(name, log_warning=False) == name
