"""The REST client against a server of a few canned answers."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from nianbao_airflow.local import api as module
from nianbao_airflow.local.api import Api, FaultError, Run
from nianbao_airflow.local.errors import RunnerError

RUN = Run("d", "manual__2026-11-21T08:00:00+00:00")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.seen.append(self.path)
        path = self.path.partition("?")[0]
        answers = self.server.answers.get(path, [(404, {})])
        status, body = answers.pop(0) if len(answers) > 1 else answers[0]
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.answers, server.seen = {}, []
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def api(server, monkeypatch):
    monkeypatch.setattr(module, "PAUSE", 0.0)
    return Api(f"http://127.0.0.1:{server.server_address[1]}")


def test_all_pages_of_tasks_are_read(api, server):
    page = {"task_instances": [{"n": 1}] * 100, "total_entries": 101}
    rest = {"task_instances": [{"n": 2}], "total_entries": 101}
    server.answers[f"/api/v2/{RUN.path}/taskInstances"] = [(200, page), (200, rest)]
    assert len(list(api.tasks(RUN))) == 101
    assert "offset=100" in server.seen[-1]


def test_a_run_id_is_quoted(api):
    assert RUN.path == "dags/d/dagRuns/manual__2026-11-21T08%3A00%3A00%2B00%3A00"


def test_what_is_not_there_is_none(api):
    assert api.dag("d") is None
    assert api.result(RUN, "build") is None
    assert api.is_waiting("d") is False


def test_a_passing_fault_is_outlived_once_airflow_is_up(api, server):
    server.answers["/api/v2/dags/d"] = [(503, {}), (200, {"dag_id": "d"})]
    api.attempts = 3
    assert api.dag("d") == {"dag_id": "d"}


def test_a_lasting_fault_is_told(api, server):
    server.answers["/api/v2/dags/d"] = [(500, {"detail": "oops"})]
    with pytest.raises(FaultError, match="gave 500"):
        api.dag("d")


def test_events_that_airflow_cannot_show_yet_are_unknown_and_not_none(api, server):
    server.answers["/api/v2/assets/events"] = [(500, {}), (200, {"asset_events": []})]
    assert api.asset_events(RUN) is None
    assert api.asset_events(RUN) == []


def test_a_refusal_is_told(api, server):
    server.answers["/api/v2/dags/d"] = [(403, {"detail": "no"})]
    with pytest.raises(RunnerError, match="gave 403"):
        api.dag("d")


def test_nobody_there(server):
    server.shutdown()
    server.server_close()
    with pytest.raises(FaultError, match="does not answer"):
        Api(f"http://127.0.0.1:{server.server_address[1]}").health()


def test_log_lines_show_the_error_too(api, server):
    entry = {"event": "Task failed", "error_detail": [{"exc_type": "GateError", "exc_value": "x"}]}
    server.answers[f"/api/v2/{RUN.path}/taskInstances/gate/logs/1"] = [
        (200, {"content": [entry, "plain"]})
    ]
    task = {"task_id": "gate", "try_number": 1, "map_index": -1}
    assert api.log_lines(RUN, task) == ["Task failed", "GateError: x", "plain"]
