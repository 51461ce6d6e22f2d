"""The shape of the pipeline is an interface: a change here is a change for those who operate it."""

from nianbao_airflow.assets import PARSED
from nianbao_airflow.defaults import MOST_MAPPED
from nianbao_airflow.names import (
    DEADLINES_DAG,
    HARVEST_DAG,
    HEALTH_DAG,
    HOUSEKEEPING_DAG,
    WAREHOUSE_DAG,
)

HARVEST_TASKS = {
    "plan": {"harvest", "tally", "pending", "announce"},
    "harvest": {"tally", "pending"},
    "tally": set(),
    "pending": {"read"},
    "read": {"announce"},
    "announce": set(),
}
WAREHOUSE_TASKS = {
    "build": {"check"},
    "check": {"gate"},
    "gate": {"publish"},
    "publish": {"export"},
    "export": set(),
}


WATCHING_TASKS = {
    HEALTH_DAG: {"examine": {"judge"}, "judge": set()},
    DEADLINES_DAG: {"lists": set()},
    HOUSEKEEPING_DAG: {"versions": set(), "runs": set(), "logs": set()},
}


def shape(dag):
    return {task.task_id: set(task.downstream_task_ids) for task in dag.tasks}


def test_the_harvest(bag):
    assert shape(bag.dags[HARVEST_DAG]) == HARVEST_TASKS


def test_the_warehouse(bag):
    assert shape(bag.dags[WAREHOUSE_DAG]) == WAREHOUSE_TASKS


def test_the_watching(bag):
    assert {dag_id: shape(bag.dags[dag_id]) for dag_id in WATCHING_TASKS} == WATCHING_TASKS


def test_a_plan_is_never_longer_than_airflow_takes():
    from airflow.sdk.configuration import conf

    assert conf.getint("core", "max_map_length") >= MOST_MAPPED


def test_shards_and_batches_are_mapped_and_named(bag):
    harvest = bag.dags[HARVEST_DAG]
    mapped = {task.task_id for task in harvest.tasks if task.is_mapped}
    assert mapped == {"harvest", "read"}
    assert "shard" in harvest.get_task("harvest").map_index_template
    assert "batch" in harvest.get_task("read").map_index_template


def test_the_last_task_updates_the_asset_that_starts_the_warehouse(bag):
    updating = {task.task_id: list(task.outlets) for task in bag.dags[HARVEST_DAG].tasks}
    assert updating.pop("announce") == [PARSED]
    assert not any(updating.values())
    assert list(bag.dags[WAREHOUSE_DAG].timetable.asset_condition.objects) == [PARSED]


def test_nothing_new_and_a_lost_shard_both_reach_the_asset(bag):
    rules = {task.task_id: task.trigger_rule.value for task in bag.dags[HARVEST_DAG].tasks}
    # A read over no batches is skipped.
    assert rules["announce"] == "none_failed"
    # What the other shards brought is told and read; `tally`, the other leaf, fails the run.
    assert rules["tally"] == rules["pending"] == "all_done"
