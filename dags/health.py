"""每日检查各门户的状况。The health of the portals, every day at noon.

**examine** 依据采集日志（不访问任何网站）列出需要处理的门户：
列表突然为空、被拦截、停滞、全部失败、数量与登记或上年不符；
结果见任务日志中的表，并汇总为一条消息。**judge** 按参数 **fail_on** 使运行显示为失败。

* **examine** reads the fetch log, asks nobody, and lists the portals that need a hand: empty lists,
  blocks, portals that no harvest asked, failures, counts off the record's or last season's. The table
  is in its log, the summary in its XCom, and one digest goes to the operators.
* **judge** fails the run where a problem is as bad as **fail_on** says, so that the grid shows it.
"""

from airflow.sdk import dag, task

from nianbao_airflow import watch
from nianbao_airflow.defaults import DAG_DEFAULTS, TASK_DEFAULTS, WAREHOUSE_TASKS
from nianbao_airflow.names import HEALTH_DAG
from nianbao_airflow.params import HEALTH_PARAMS
from nianbao_airflow.season import HEALTH_CRONS, timetable


@dag(
    dag_id=HEALTH_DAG,
    dag_display_name="门户健康 Portal health",
    description="哪些门户需要处理 Which portals need a hand",
    schedule=timetable(HEALTH_CRONS),
    default_args={**TASK_DEFAULTS, **WAREHOUSE_TASKS},
    params=HEALTH_PARAMS,
    tags=["nianbao", "watch"],
    doc_md=__doc__,
    **DAG_DEFAULTS,
)
def build_dag() -> None:
    """Wire the tasks."""

    @task
    def examine(params=None):
        return watch.health(params["stale_days"])

    # The digest has told it: a failure message would be the same again.
    @task(on_failure_callback=None)
    def judge(summary, params=None):
        watch.judge(summary, params["fail_on"])

    judge(examine())


build_dag()
