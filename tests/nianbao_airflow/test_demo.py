"""Which runs the demo starts and follows, with an Airflow made of lists."""

import pytest
from rich.console import Console

from nianbao_airflow.local import demo, outcome
from nianbao_airflow.local.api import FaultError, Run
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.follow import Follower
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG

HARVEST, REFRESH = Run(HARVEST_DAG, "manual"), Run(WAREHOUSE_DAG, "asset")


class FakeAirflow:
    """Runs that have ended; the harvest has started the warehouse run."""

    def __init__(self, *, states=None, active=(), waiting=False, events=True):
        self.states = {HARVEST: "success", REFRESH: "success", **(states or {})}
        self.active, self.waiting, self.events = list(active), waiting, events
        self.triggered, self.unpaused = [], []
        self.log = ["::group::x", "reading", "GateError: blocked"]

    def unpause(self, dag_id):
        self.unpaused.append(dag_id)

    def active_runs(self, dag_id):
        return [run for run in self.active if run.dag_id == dag_id]

    def is_waiting(self, dag_id):
        return self.waiting

    def trigger(self, dag_id):
        self.triggered.append(dag_id)
        return HARVEST

    def state(self, run):
        return self.states[run]

    def tasks(self, run):
        base = {"task_id": "gate", "map_index": -1, "rendered_map_index": None, "try_number": 1}
        yield {**base, "state": self.states[run], "duration": 1.5}
        yield {**base, "state": "skipped", "duration": None, "map_index": 0, "task_id": "read"}

    def log_lines(self, run, task):
        return self.log

    def asset_events(self, run):
        made = [{"dag_id": WAREHOUSE_DAG, "run_id": "asset"}]
        return [{"created_dagruns": made}] if self.events else []


@pytest.fixture
def console():
    return Console(record=True, width=100, force_terminal=False)


def follower(airflow, console):
    return Follower(airflow, console, check=lambda: None)


def test_a_harvest_is_triggered_and_its_warehouse_run_followed(console):
    airflow = FakeAirflow()
    assert demo.follow_all(follower(airflow, console)) == [HARVEST, REFRESH]
    assert airflow.triggered == [HARVEST_DAG]
    assert set(airflow.unpaused) == {HARVEST_DAG, WAREHOUSE_DAG}


def test_a_harvest_left_by_a_killed_demo_is_followed_and_not_triggered_again(console):
    left = Run(HARVEST_DAG, "left")
    airflow = FakeAirflow(active=[left], states={left: "success"})
    assert demo.follow_all(follower(airflow, console)) == [left, REFRESH]
    assert airflow.triggered == []
    assert "still under way" in console.export_text()


@pytest.mark.parametrize("waiting", [True, False])
def test_a_warehouse_run_left_by_a_killed_demo_is_followed(console, waiting):
    airflow = FakeAirflow(active=[REFRESH], waiting=waiting)
    assert demo.follow_all(follower(airflow, console)) == [REFRESH]
    assert airflow.triggered == []


def test_a_harvest_that_updated_nothing_starts_no_warehouse_run(console):
    airflow = FakeAirflow(states={HARVEST: "failed"}, events=False)
    assert demo.follow_all(follower(airflow, console)) == [HARVEST]


def test_a_failed_harvest_may_have_started_the_warehouse_all_the_same(console):
    airflow = FakeAirflow(states={HARVEST: "failed"})
    assert demo.follow_all(follower(airflow, console)) == [HARVEST, REFRESH]


def test_a_scheduler_that_starts_nothing_is_not_waited_for_forever(console, monkeypatch):
    monkeypatch.setattr(demo, "STARTED_WITHIN", 0.0)
    with pytest.raises(RunnerError, match="no run of nianbao_warehouse started"):
        demo.follow_warehouse(follower(FakeAirflow(), console), HARVEST)


def test_each_task_is_shown_once_as_it_ends(console):
    follower(FakeAirflow(), console).follow(HARVEST)
    shown = console.export_text().splitlines()
    assert shown == [
        "  success  nianbao_harvest.gate  1.5 s",
        "  skipped  nianbao_harvest.read [0]",
    ]


def test_a_failed_task_is_shown_with_the_end_of_its_log(console):
    follower(FakeAirflow(states={REFRESH: "failed"}), console).report_failures(REFRESH)
    shown = console.export_text()
    assert "failed: nianbao_warehouse.gate" in shown
    assert "GateError: blocked" in shown
    assert "::group" not in shown


def test_the_summary_is_read_as_lines(console):
    facts = {"reports": 12345, "checks": {"not_assessable": 3}, "warehouse": "/w" * 80}
    assert dict(outcome.lines(facts)) == {
        "reports": 12345,
        "checks: not assessable": 3,
        "warehouse": "/w" * 80,
    }
    console.print(outcome.table({"reports": 12345}))
    assert "12,345" in console.export_text()


@pytest.mark.parametrize(
    ("published", "expected"), [({"new": False}, True), ({"new": True}, False), (None, False)]
)
def test_nothing_new_is_what_publishing_says(published, expected):
    assert outcome.is_nothing_new(published) is expected


@pytest.mark.parametrize(
    ("error", "code"), [(RunnerError("no port"), 2), (FaultError("does not answer"), 2)]
)
def test_what_could_not_run_exits_2_with_one_line(monkeypatch, capsys, tmp_path, error, code):
    def fail(*_):
        raise error

    place = demo.Place("trial", tmp_path, tmp_path)
    monkeypatch.setattr(demo, "demo_place", lambda: place)
    monkeypatch.setattr(demo, "demonstrate", fail)
    assert demo.main() == code
    assert capsys.readouterr().err == f"demo: {error}\n"


@pytest.mark.parametrize(
    ("harvest", "expected"), [("success", True), ("failed", False), ("running", False)]
)
def test_nothing_was_new_only_if_every_run_succeeded(harvest, expected):
    airflow = FakeAirflow(states={HARVEST: harvest})
    airflow.result = lambda run, task: {"new": False}
    assert outcome.nothing_was_new(airflow, [HARVEST, REFRESH]) is expected
