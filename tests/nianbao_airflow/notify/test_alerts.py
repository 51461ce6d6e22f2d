"""What DAGs call, from the event to the robot, with the real data of `alerts.yaml`."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files

import pytest
import yaml
from airflow.sdk.exceptions import AirflowTaskTimeout

from nianbao.errors import ConfigurationError, GateError, NianbaoError
from nianbao_airflow.notify import kinds, notifiers
from nianbao_airflow.notify.alerts import digest, on_failure
from nianbao_airflow.notify.render import message_of, whole

EVENTS = {
    "harvest": {"portals": 2, "outcomes": {"fetched": 3}, "trouble": ["a: blocked"]},
    "warehouse": {"version": "v7", "outcome": "published", "delta": {"reports": {"new": 3}}},
    "health": {"blocked": ["a"], "zero_leads": [], "version_age_hours": 30},
    "deadlines": {"year": 2025, "deadline": "2026-01-31", "absent": ["某局"], "late": ["某县"]},
    "housekeeping": {"problems": ["/data: 权限不足"], "removed": 3},
    "failure": {
        "dag_id": "d",
        "task_id": "t",
        "error": "OSError",
        "message": "m",
        "run_id": "r",
        "advice": "a",
    },
    "gate": {"dag_id": "d", "error": "GateError", "message": "m", "advice": "a"},
}


@dataclass
class Task:
    dag_id: str = "nianbao_harvest"
    task_id: str = "harvest"
    map_index: int = 3
    try_number: int = 3
    rendered_map_index: str = "shandong/example"


@pytest.fixture(autouse=True)
def addressed(robot, told, impatient, monkeypatch):
    monkeypatch.setenv("NIANBAO_NOTIFY_OPERATORS", f"json+{robot.url}/operators")
    monkeypatch.setenv("NIANBAO_NOTIFY_REVIEWERS", f"json+{robot.url}/reviewers")
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "http://airflow.example")


def sent(robot):
    return [(path, body["title"], body["lines"]) for path, body, _ in robot.asked]


def failure(error, **more):
    return {"run_id": "scheduled__2026-01-05", "ti": Task(), "exception": error, **more}


def test_every_kind_has_an_event_here():
    assert {*EVENTS} == {*kinds.alerts().alerts}


@pytest.mark.parametrize("kind", EVENTS)
def test_a_message_says_everything_in_chinese_and_nothing_unknown(kind):
    summary = whole(EVENTS[kind])
    message = message_of(kind, summary, (), datetime(2026, 1, 5, 3, tzinfo=UTC), 0, 6)
    assert message.at == "2026-01-05 11:00（北京时间）"
    text = "\n".join([message.title, *message.lines])
    assert "未知" not in text
    assert "{" not in text


def test_a_figure_that_is_not_known_is_not_nothing(robot):
    digest("harvest", {"trouble": ["a"]})
    [(_, _, lines)] = sent(robot)
    assert lines[0] == "门户 未知 个；请求结果：未知"


def test_a_failure_names_task_error_and_advice_and_links_to_the_log(robot):
    on_failure(failure(ConfigurationError("portal x: family is missing")))
    [(path, body, _)] = robot.asked
    assert (path, body["title"]) == ("/operators", "【年报】任务失败：nianbao_harvest / harvest")
    assert body["lines"] == [
        "错误：ConfigurationError：portal x: family is missing",
        "分组：shandong/example",
        "已尝试 3 次",
        "配置或门户记录有误，重试无效。请按错误信息修改后重新运行。",
        "运行：scheduled__2026-01-05",
    ]
    page = "http://airflow.example/dags/nianbao_harvest/runs/scheduled__2026-01-05"
    assert [link["url"] for link in body["links"]] == [f"{page}/tasks/harvest/mapped/3", page]


def test_fifty_shards_that_fail_alike_are_one_message(robot):
    for _ in range(50):
        on_failure(failure(OSError("disk full")))
    assert len(robot.asked) == 1


def test_a_refused_build_is_told_to_reviewers_too(robot):
    on_failure(failure(GateError("cells_unique failed")))
    assert sorted(path for path, _, _ in robot.asked) == ["/operators", "/reviewers"]
    assert {title for _, title, _ in sent(robot)} == {"【年报】新版数据未通过校验，未发布"}


def test_a_run_that_failed_is_told_by_its_dag(robot):
    on_failure({"run_id": "r", "ti": Task(), "reason": "timed_out"})
    [(_, title, lines)] = sent(robot)
    assert title == "【年报】任务失败：nianbao_harvest"
    assert "原因：timed_out" in lines


def test_a_task_that_was_killed_says_where_to_look(robot):
    on_failure({"run_id": "r", "ti": Task()})
    [(_, _, lines)] = sent(robot)
    assert any("可能被强行终止" in line for line in lines)


@pytest.mark.parametrize("error", [AirflowTaskTimeout("6 h"), KeyError("x"), "killed", None])
def test_any_failure_is_told(robot, error):
    on_failure(failure(error))
    assert len(robot.asked) == 1


def test_what_nobody_got_is_tried_again(robot):
    robot.answers = [(404, {}), (200, {})]
    on_failure(failure(OSError("full")))
    on_failure(failure(OSError("full")))
    assert len(robot.asked) == 2


@pytest.mark.parametrize(
    ("kind", "summary"),
    [
        ("harvest", {"portals": 3, "outcomes": {"fetched": 9}, "trouble": []}),
        ("warehouse", {"outcome": "unchanged", "version": "v7", "delta": None}),
        ("health", {"blocked": [], "checked": 30}),
        ("deadlines", {"year": 2025, "absent": [], "late": ["某县"], "unreadable": ["某市"]}),
        ("housekeeping", {"removed": 3}),
    ],
)
def test_a_run_with_nothing_to_tell_is_silent(robot, kind, summary):
    digest(kind, summary)
    assert robot.asked == []


def test_one_digest_whatever_the_number_of_portals(robot):
    digest("harvest", {**EVENTS["harvest"], "trouble": [f"p{n}: failed" for n in range(3000)]})
    [(_, title, lines)] = sent(robot)
    assert title == "【年报】采集完成，3000 项异常"
    assert lines[-1] == "另有 2980 项"
    assert len(lines) == 22


def test_words_of_others_neither_link_nor_call_people(robot):
    digest("health", {"blocked": ["<@all> [click](http://evil) \n## {{ 7 * 7 }}"]})
    [(_, _, lines)] = sent(robot)
    assert lines[1] == "- ＜＠all＞ ［click］(http://evil) ＃＃ {{ 7 ＊ 7 }}"  # noqa: RUF001


def test_nothing_is_raised_into_a_task(monkeypatch, caplog):
    def broken(*_arguments):
        raise NianbaoError("broken")

    monkeypatch.setattr(notifiers, "_tell", broken)
    on_failure(failure(OSError("x")))
    digest("health", {})
    digest("nonsense", {})
    assert caplog.text.count("no alert about the failure") == 1
    assert caplog.text.count("no digest") == 2


def test_a_lost_memory_tells_once_more(robot, monkeypatch):
    monkeypatch.setattr(notifiers.memory, "read_variable", lambda: 1 / 0)
    on_failure(failure(OSError("x")))
    assert len(robot.asked) == 1


def test_nobody_named_is_said_in_the_log(robot, monkeypatch, caplog):
    caplog.set_level(logging.INFO)
    monkeypatch.delenv("NIANBAO_NOTIFY_OPERATORS")
    on_failure(failure(OSError("x")))
    assert robot.asked == []
    assert "nobody is named in NIANBAO_NOTIFY_OPERATORS" in caplog.text


def test_a_count_of_days_that_grows_is_the_same_trouble(robot):
    digest("health", {"stale": ["某县 example-12：已 3 天未采集，共 12 次"]})
    digest("health", {"stale": ["某县 example-12：已 4 天未采集，共 13 次"]})
    assert len(robot.asked) == 1
    digest("health", {"stale": ["某县 example-13：已 4 天未采集，共 13 次"]})
    assert len(robot.asked) == 2


def test_what_the_health_check_can_find_has_a_name_in_chinese():
    groups = yaml.safe_load(files("nianbao.pipeline.watching").joinpath("health.yaml").read_text())
    assert {*groups} <= {*kinds.alerts().labels}
