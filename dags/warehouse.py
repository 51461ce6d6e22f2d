"""数据仓库：构建、核验、把关、发布、导出。Refresh the warehouse.

采集更新资产 `nianbao_parsed` 后启动；同时只有一个运行，期间的多次采集合为下一个运行。
年报填报有误是核验发现的问题，不妨碍发布；未通过把关的构建不发布，读者仍使用上一版本。

Starts when a harvest has updated the asset `nianbao_parsed`; one run at a time, so that all harvests
that end meanwhile are one run more.

* **build** makes a staging DuckDB from the sources. Where they have not changed it says *nothing
  new*, and the other tasks pass that on.
* **check** runs each rule once, **gate** asks Great Expectations whether the build may go out.
* **publish** puts the version and its expectation reports in place. A report with wrong numbers is
  a finding and stops nothing; a build that fails a blocking expectation publishes nothing.
* **export** writes the version's exports where the settings ask for them. Where it fails, the run
  fails and the version is published all the same; the next run, or a cleared task, exports it.
"""

from airflow.sdk import dag, task

from nianbao_airflow import tasks
from nianbao_airflow.assets import PARSED
from nianbao_airflow.defaults import DAG_DEFAULTS, TASK_DEFAULTS, WAREHOUSE_TASKS
from nianbao_airflow.names import WAREHOUSE_DAG


@dag(
    dag_id=WAREHOUSE_DAG,
    dag_display_name="数据仓库 Warehouse",
    description="构建、核验、发布 Builds, checks and publishes",
    schedule=[PARSED],
    default_args={**TASK_DEFAULTS, **WAREHOUSE_TASKS},
    tags=["nianbao", "warehouse"],
    doc_md=__doc__,
    **DAG_DEFAULTS,
)
def build_dag() -> None:
    """Wire the tasks."""
    built = task(tasks.build)()
    checked = task(tasks.check)(built)
    gated = task(tasks.gate)(checked)
    published = task(tasks.publish)(gated)
    task(tasks.export)(published)


build_dag()
