"""What every DAG of the project keeps to."""

import pytest

from nianbao_airflow.defaults import OWNER, TAGS
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG
from nianbao_airflow.pools import HARVEST, READING, WAREHOUSE


@pytest.fixture(params=[HARVEST_DAG, WAREHOUSE_DAG])
def dag(request, bag):
    return bag.dags[request.param]


def test_the_files_load_and_hold_both_dags(bag):
    assert not bag.import_errors
    assert set(bag.dags) == {HARVEST_DAG, WAREHOUSE_DAG}


def test_a_dag_explains_itself(dag):
    assert len(dag.doc_md) > 200
    assert set(dag.tags) <= TAGS
    assert "nianbao" in dag.tags


def test_a_dag_runs_when_it_is_told_to(dag):
    assert dag.timetable is not None
    assert type(dag.timetable).__name__ in {
        "MultipleCronTriggerTimetable",
        "AssetTriggeredTimetable",
    }
    assert dag.catchup is False
    assert dag.max_active_runs == 1


def test_every_task_has_an_owner_a_known_pool_and_bounded_retries(dag):
    for task in dag.tasks:
        assert task.owner == OWNER
        assert task.pool in {HARVEST, READING, WAREHOUSE}
        assert 1 <= task.retries <= 3
        assert task.execution_timeout is not None
        assert task.retry_policy is not None


def test_the_warehouse_has_one_writer(bag):
    assert {task.pool for task in bag.dags[WAREHOUSE_DAG].tasks} == {WAREHOUSE}


@pytest.mark.parametrize(
    ("years", "accepted"),
    [
        (None, True),
        ([2021, 2022], True),
        ([], True),
        (["2021"], False),
        ("2021", False),
        ([1], False),
    ],
)
def test_years_are_nothing_or_a_list_of_years(bag, years, accepted):
    from airflow.sdk.exceptions import ParamValidationError

    param = bag.dags[HARVEST_DAG].params.get_param("years")
    if accepted:
        assert param.resolve(years) == years
    else:
        with pytest.raises(ParamValidationError):
            param.resolve(years)


@pytest.mark.parametrize("name", ["harvest", "warehouse"])
def test_a_dag_file_stays_thin(root, name):
    assert len((root / "dags" / f"{name}.py").read_text("utf-8").splitlines()) <= 60
