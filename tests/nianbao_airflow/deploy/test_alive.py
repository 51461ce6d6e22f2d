"""The health check of the containers, against a server that answers as Airflow does."""

import json

import pytest

from nianbao.sample.exchange import Answer, Asked
from nianbao.sample.loopback import serving
from nianbao_airflow.deploy import alive

SCHEDULER = {"code": 200}
"""The scheduler answers without a word."""
HEALTH = {
    "metadatabase": {"status": "healthy"},
    "dag_processor": {"status": "unhealthy"},
    "triggerer": {"status": None},
}


def answer(asked: Asked) -> Answer:
    if asked.path == "/health":
        return Answer(SCHEDULER["code"])
    known = asked.path in {"/api/v2/monitor/health", "/execution/health"}
    return Answer(200 if known else 404, json.dumps(HEALTH).encode(), "application/json")


@pytest.fixture
def airflow(monkeypatch: pytest.MonkeyPatch):
    with serving(answer) as served:
        port = served.netloc.rpartition(":")[2]
        for name, value in {
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://{served.netloc}/execution/",
            "AIRFLOW__API__PORT": port,
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": port,
        }.items():
            monkeypatch.setenv(name, value)
        yield


@pytest.mark.usefixtures("airflow")
@pytest.mark.parametrize(
    ("part", "code"),
    [("metadatabase", 0), ("scheduler", 0), ("dag_processor", 1), ("triggerer", 1)],
)
def test_a_part_is_as_it_says(part: str, code: int) -> None:
    assert alive.main([part]) == code


@pytest.mark.usefixtures("airflow")
def test_a_scheduler_without_a_heartbeat_is_not_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCHEDULER, "code", 503)
    assert alive.main(["scheduler"]) == 1


def test_what_does_not_answer_is_not_alive(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("AIRFLOW__API__PORT", "1")
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "http://127.0.0.1:1/execution/")
    assert alive.main(["metadatabase"]) == 1
    assert "URLError" in capsys.readouterr().err


def test_a_worker_without_its_broker_is_not_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CELERY__BROKER_URL_CMD", "echo redis://127.0.0.1:1/0")
    assert alive.main(["worker"]) == 1


@pytest.mark.parametrize("arguments", [[], ["everything"]])
def test_a_wrong_name_is_told(arguments: list[str], capsys) -> None:
    assert alive.main(arguments) == 2
    assert "name one of" in capsys.readouterr().err
