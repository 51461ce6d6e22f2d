"""一月三十一日和三月三十一日之后，列出未公布和迟公布的机关。Who is late and who is absent.

次日傍晚运行，四日和十日再各运行一次。名单（CSV 与 Excel）存于 `deadlines` 文件夹。
只有数据仓库证明“未公布”的机关才发消息；网站读不到的机关列为“暂不能判断”，从不报警。仓库尚无期限之后的采集，或有门户尚未采集完毕时，
每两小时再试，最多一天；最后一次仍未完毕的，名单标为“初步”。

Runs in the evening of 1 February and of 1 April, and on the 4th and the 10th again, and writes the
lists as CSV and as a workbook. An alarm is raised for bodies that the warehouse proves `absent`, never
for those of a portal that could not be read (`not_seen`). Where a harvest after the deadline is not
there yet, or not of all portals, it waits for a day; the last try then writes a list that is marked
as preliminary.
"""

from airflow.sdk import dag, task

from nianbao_airflow import watch
from nianbao_airflow.defaults import DAG_DEFAULTS, TASK_DEFAULTS, WAREHOUSE_TASKS
from nianbao_airflow.names import DEADLINES_DAG
from nianbao_airflow.params import DEADLINES_PARAMS
from nianbao_airflow.season import DEADLINE_CRONS, timetable


@dag(
    dag_id=DEADLINES_DAG,
    dag_display_name="法定期限 Deadlines",
    description="未公布与迟公布的机关 Bodies that are absent or late",
    schedule=timetable(DEADLINE_CRONS),
    default_args={**TASK_DEFAULTS, **WAREHOUSE_TASKS, "retries": 12},
    params=DEADLINES_PARAMS,
    tags=["nianbao", "watch"],
    doc_md=__doc__,
    **DAG_DEFAULTS,
)
def build_dag() -> None:
    """Wire the task."""

    @task
    def lists(params=None, ti=None):
        # Whoever names a day wants the list as it stands.
        is_last = bool(params["day"]) or ti.try_number > ti.max_tries
        return watch.deadlines(params["day"], is_last=is_last)

    lists()


build_dag()
