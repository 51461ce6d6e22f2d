"""Refresh the warehouse 数据仓库.

Starts when a harvest has updated the asset `nianbao_parsed`; one run at a time.

* **build** makes a staging DuckDB from the sources. Where they have not changed it says *nothing
  new*, and the other tasks pass that on.
* **check** runs each rule once, **gate** asks Great Expectations whether the build may go out.
* **publish** puts the version and its expectation reports in place. A report with wrong numbers is
  a finding and stops nothing; a build that fails a blocking expectation publishes nothing.
"""

from airflow.sdk import dag, task

from nianbao_airflow import tasks
from nianbao_airflow.assets import PARSED
from nianbao_airflow.defaults import TASK_DEFAULTS
from nianbao_airflow.pools import WAREHOUSE


@dag(
    dag_id="nianbao_warehouse",
    schedule=[PARSED],
    catchup=False,
    max_active_runs=1,
    default_args={**TASK_DEFAULTS, "pool": WAREHOUSE},
    tags=["nianbao", "warehouse"],
    doc_md=__doc__,
)
def build_dag() -> None:
    """Wire the tasks."""
    built = task(tasks.build)()
    checked = task(tasks.check)(built)
    gated = task(tasks.gate)(checked)
    task(tasks.publish)(gated)


build_dag()
