"""What every DAG of the project keeps to."""

import re

import pytest

from nianbao.crawl.standing import STANDINGS
from nianbao_airflow import params
from nianbao_airflow.defaults import OWNER, TAGS
from nianbao_airflow.names import DAGS, DEADLINES_DAG, HARVEST_DAG, WAREHOUSE_DAG
from nianbao_airflow.pools import HARVEST, READING, WAREHOUSE
from nianbao_airflow.queues import CRAWL, READ
from nianbao_airflow.queues import WAREHOUSE as WAREHOUSE_QUEUE

QUEUE_OF_POOL = {HARVEST: CRAWL, READING: READ, WAREHOUSE: WAREHOUSE_QUEUE}


@pytest.fixture(params=DAGS)
def dag(request, bag):
    return bag.dags[request.param]


def test_the_files_load_and_hold_the_dags(bag):
    assert not bag.import_errors
    assert set(bag.dags) == set(DAGS)


def test_a_dag_explains_itself_in_chinese_and_english(dag):
    for text in (dag.dag_display_name, dag.description, dag.doc_md):
        assert re.search("[\u4e00-\u9fff]{2}", text)
        assert re.search("[A-Za-z]{5}", text)
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
    assert dag.dagrun_timeout is not None


def test_every_task_has_an_owner_a_known_pool_and_bounded_retries(dag):
    for task in dag.tasks:
        assert task.owner == OWNER
        assert task.queue == QUEUE_OF_POOL[task.pool]
        # The deadlines wait for the day's harvest, by retries two hours apart.
        assert 1 <= task.retries <= (12 if dag.dag_id == DEADLINES_DAG else 3)
        assert task.execution_timeout is not None
        assert task.retry_policy is not None


def test_every_task_tells_of_its_failure_but_the_one_whose_digest_has(dag):
    silent = {task.task_id for task in dag.tasks if not task.on_failure_callback}
    assert silent <= {"judge"}
    assert dag.on_failure_callback


def test_the_warehouse_has_one_writer(bag):
    assert {task.pool for task in bag.dags[WAREHOUSE_DAG].tasks} == {WAREHOUSE}


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("years", None, True),
        ("years", [2021, 2022], True),
        ("years", [], True),
        ("years", ["2021"], False),
        ("years", "2021", False),
        ("years", [1], False),
        ("places", ["330300", "330000"], True),
        ("places", ["3303"], False),
        ("places", [330300], False),
        ("portals", "zhejiang/*, henan/zheng*", True),
        ("portals", "浙江", False),
        ("portals", ["zhejiang/wenzhou"], False),
        ("only", ["late", "blocked"], True),
        ("only", ["broken"], False),
        ("dry_run", True, True),
        ("dry_run", "yes", False),
    ],
)
def test_a_harvests_form_takes_what_can_be_meant(bag, name, value, accepted):
    from airflow.sdk.exceptions import ParamValidationError

    param = bag.dags[HARVEST_DAG].params.get_param(name)
    if accepted:
        assert param.resolve(value) == value
    else:
        with pytest.raises(ParamValidationError):
            param.resolve(value)


def test_every_field_of_a_form_has_a_title_and_a_default_that_it_takes(dag):
    for name in dag.params:
        param = dag.params.get_param(name)
        assert re.search("[\u4e00-\u9fff]", param.schema["title"]), name
        param.resolve()


def test_the_words_of_the_form_are_those_of_the_crawl():
    assert params.STANDINGS == STANDINGS


def test_a_dag_file_stays_thin(root):
    files = sorted((root / "dags").glob("*.py"))
    assert len(files) == len(DAGS)
    assert all(len(file.read_text("utf-8").splitlines()) <= 85 for file in files)
