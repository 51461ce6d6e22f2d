"""每周清理旧版本、旧导出文件、旧运行记录和日志。Weekly tidying; the archive is never pruned.

参数 **dry_run** 只列出将要删除的内容。归档、解析结果、核实结论和校验历史从不删除。

* **versions**: old versions of the warehouse with their expectation reports, exports of versions that
  readers no longer see, builds that a kill left; it also tells of disks that are nearly full.
* **runs**: Airflow's own records of old runs, where this worker is given its database.
* **logs**: the files of old task logs on this machine.

The archive, the parsed data, the verdicts and the check history are sources: nothing here removes them.
"""

from airflow.sdk import dag, task

from nianbao_airflow import watch
from nianbao_airflow.defaults import DAG_DEFAULTS, TASK_DEFAULTS, WAREHOUSE_TASKS
from nianbao_airflow.names import HOUSEKEEPING_DAG
from nianbao_airflow.params import HOUSEKEEPING_PARAMS
from nianbao_airflow.season import HOUSEKEEPING_CRONS, timetable


@dag(
    dag_id=HOUSEKEEPING_DAG,
    dag_display_name="日常清理 Housekeeping",
    description="旧版本、旧记录和日志 Old versions, records and logs",
    schedule=timetable(HOUSEKEEPING_CRONS),
    default_args={**TASK_DEFAULTS, **WAREHOUSE_TASKS},
    params=HOUSEKEEPING_PARAMS,
    tags=["nianbao", "watch"],
    doc_md=__doc__,
    **DAG_DEFAULTS,
)
def build_dag() -> None:
    """Wire the tasks."""

    @task
    def versions(params=None):
        return watch.tidy(params)

    @task
    def runs(params=None):
        watch.clean_runs(params)

    @task
    def logs(params=None):
        return watch.clean_logs(params)

    versions()
    runs()
    logs()


build_dag()
