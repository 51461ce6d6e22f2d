"""The tasks beside their one call: sums, and when a shard counts as lost."""

import sys
from types import ModuleType

import pytest

from nianbao.errors import TransientFetchError
from nianbao_airflow import tasks


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


def run(pipeline, outcomes):
    result = {"portals": 2, "outcomes": outcomes, "trouble": ["b: blocked"]}
    pipeline.harvest = lambda *_: result
    return tasks.harvest(["a", "b"], run_id="r", attempt=1, years=None)


def test_a_portal_in_trouble_fails_nothing(pipeline):
    assert run(pipeline, {"fetched": 3, "blocked": 2})["portals"] == 2


def test_a_lost_shard_fails_its_task_and_may_be_retried(pipeline):
    with pytest.raises(TransientFetchError, match="a, b"):
        run(pipeline, {"failed": 3})


def test_the_tally_adds_up():
    one = {"portals": 2, "outcomes": {"fetched": 3}, "trouble": ["x"]}
    two = {"portals": 1, "outcomes": {"fetched": 1, "gone": 1}, "trouble": []}
    assert tasks.tally([one, two]) == {
        "portals": 3,
        "outcomes": {"fetched": 4, "gone": 1},
        "trouble": ["x"],
    }
    assert tasks.tally([])["portals"] == 0


def test_the_announcement_adds_up():
    read = {"documents": 2, "reports": 3, "quarantined": 1, "path": "p"}
    assert tasks.announce([read, read]) == {"documents": 4, "reports": 6, "quarantined": 2}
    assert tasks.announce([]) == {"documents": 0, "reports": 0, "quarantined": 0}
