import json

from nianbao_airflow import pools


def test_the_file_for_airflow_has_the_pools_that_the_dags_name():
    given = json.loads(pools.FILE.read_text("utf-8"))
    assert set(given) == {pools.HARVEST, pools.READING, pools.WAREHOUSE}
    assert all(pool["slots"] >= 1 and pool["description"] for pool in given.values())
    assert given[pools.WAREHOUSE]["slots"] == 1
