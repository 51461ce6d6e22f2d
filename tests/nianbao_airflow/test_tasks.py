"""The tasks beside their one call: sums, and when a shard counts as lost."""

import sys
from datetime import UTC, datetime
from types import ModuleType

import pytest
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from nianbao.errors import ConfigurationError, TransientFetchError
from nianbao_airflow import tasks
from nianbao_airflow.failures import Answer, answer_to
from nianbao_airflow.wish import Wish, wish_of


@pytest.mark.parametrize(
    ("outcomes", "lost"),
    [
        ({"failed": 4}, True),
        ({"failed": 4, "fetched": 0}, True),
        ({"failed": 4, "fetched": 1}, False),
        ({"blocked": 1}, False),
        ({"refused_by_robots": 2, "failed": 1}, False),
        ({}, False),
    ],
)
def test_a_shard_is_lost_when_nothing_answered(outcomes, lost):
    assert tasks.is_lost(outcomes) is lost


@pytest.fixture
def pipeline(monkeypatch):
    """A pipeline whose harvest gives what the test puts into it."""
    package, harvest = ModuleType("nianbao.pipeline"), ModuleType("nianbao.pipeline.harvest")
    package.harvest = harvest
    monkeypatch.setitem(sys.modules, "nianbao.pipeline", package)
    monkeypatch.setitem(sys.modules, "nianbao.pipeline.harvest", harvest)
    return harvest


def run(pipeline, outcomes, hosts=2):
    portal = dict.fromkeys(tasks.WORDS, 0) | {"id": "a/b", "name": "某市", "seen": 12, "new": 3}
    result = {
        "portals": 2,
        "hosts": hosts,
        "outcomes": outcomes,
        "trouble": ["b: blocked"],
        "by_portal": [portal],
    }
    pipeline.harvest = lambda *_, **__: result
    return tasks.harvest(["a", "b"], Wish(), run_id="r", attempt=1)


def test_a_portal_in_trouble_fails_nothing(pipeline):
    assert run(pipeline, {"fetched": 3, "blocked": 2})["portals"] == 2


def test_the_log_ends_with_a_line_for_each_portal(pipeline, caplog):
    with caplog.at_level("INFO"):
        run(pipeline, {"fetched": 3})
    assert "某市 (a/b): 所见 seen 12, 新增 new 3, 变更 changed 0" in caplog.text


def test_a_lost_shard_fails_its_task_and_may_be_retried(pipeline):
    with pytest.raises(TransientFetchError, match="a, b"):
        run(pipeline, {"failed": 3})


def test_a_dead_host_of_several_portals_is_an_outcome_and_no_lost_shard(pipeline):
    assert run(pipeline, {"failed": 3}, hosts=1)["outcomes"] == {"failed": 3}


ONE = {"shard": ["a/b", "a/c"], "portals": 2, "outcomes": {"fetched": 3}, "trouble": ["x"]}
TWO = {"shard": ["d/e"], "portals": 1, "outcomes": {"fetched": 1, "gone": 1}, "trouble": []}


def test_the_tally_adds_up():
    assert tasks.tally([ONE, TWO], [["a/b", "a/c"], ["d/e"]]) == {
        "portals": 3,
        "outcomes": {"fetched": 4, "gone": 1},
        "trouble": ["x"],
    }
    assert tasks.tally([], [])["portals"] == 0


def test_with_a_lost_shard_the_tally_tells_of_the_others_and_fails_without_another_alert(
    monkeypatch,
):
    told, alarmed = [], []
    monkeypatch.setattr(tasks.alerts, "digest", lambda _, summary: told.append(summary))
    monkeypatch.setattr(tasks.alerts, "on_failure", alarmed.append)
    with pytest.raises(AirflowFailException, match="1 of 2") as failed:
        tasks.tally([ONE], [["a/b", "a/c"], ["d/e"]])
    [digest] = told
    assert (digest["portals"], digest["outcomes"]) == (2, {"fetched": 3})
    assert digest["trouble"] == ["整组采集未完成 group lost, 1 portals: d/e", "x"]
    tasks.on_tally_failure({"exception": failed.value})
    tasks.on_tally_failure({"exception": KeyError("a fault of ours")})
    assert len(alarmed) == 1


def test_the_announcement_adds_up():
    read = {"documents": 2, "reports": 3, "quarantined": 1, "path": "p"}
    assert tasks.announce([read, read], Wish()) == {"documents": 4, "reports": 6, "quarantined": 2}
    assert tasks.announce([], Wish()) == {"documents": 0, "reports": 0, "quarantined": 0}


def test_a_dry_run_reads_nothing_and_leaves_the_warehouse_alone():
    dry = Wish(dry_run=True)
    for step in (lambda: tasks.pending(dry), lambda: tasks.announce([], dry)):
        with pytest.raises(AirflowSkipException):
            step()


NEW_YEAR_IN_CHINA = datetime(2025, 12, 31, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("run_type", "years", "asked"),
    [
        ("scheduled", None, ([2025], True)),
        ("scheduled", [], ([2025], True)),
        ("scheduled", [2019], ([2019], False)),
        ("manual", None, (None, False)),
        ("manual", [2019, 2020], ([2019, 2020], False)),
    ],
)
def test_only_a_scheduled_run_without_years_is_after_last_years_reports(run_type, years, asked):
    wish = wish_of({"years": years}, run_type, NEW_YEAR_IN_CHINA)
    assert (wish.years, wish.due_only) == asked


def test_a_monthly_run_after_the_season_sees_corrections_of_older_reports():
    last_of_april, first_of_may = (
        datetime(2026, 4, 30, 15, 59, tzinfo=UTC),
        datetime(2026, 4, 30, 16, 1, tzinfo=UTC),
    )
    asked = [wish_of({}, "scheduled", at) for at in (last_of_april, first_of_may)]
    assert [(wish.years, wish.due_only) for wish in asked] == [([2025], True), (None, True)]


def test_patterns_are_parted_by_commas_or_blanks():
    wish = wish_of({"portals": "zhejiang/*,henan/zheng*  hebei/a"}, "manual", NEW_YEAR_IN_CHINA)
    assert wish.portals == ("zhejiang/*", "henan/zheng*", "hebei/a")


def test_a_backfill_fails_at_once_with_advice():
    with pytest.raises(ConfigurationError, match=r"参数 years .* parameter \"years\"") as told:
        wish_of({}, "backfill", NEW_YEAR_IN_CHINA)
    assert answer_to(told.value) is Answer.FAIL
