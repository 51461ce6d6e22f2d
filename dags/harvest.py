"""采集各门户的政府信息公开工作年度报告，并读取新到的文件。Harvest the portals.

**plan** 按主机把门户分组，**harvest** 逐组采集。
门户出错记入采集日志与 **tally**，不使任务失败；多个主机的一组无应答才失败，其余各组照常汇总。
**pending** 列出尚未读取的文件，**read** 分批读取，**announce** 更新资产 `nianbao_parsed`，由此启动数据仓库。

定时运行：一至四月只采集上一年度，五月起每月采集各年度。指定年度：手动触发，填 **years**；按日期回填无效。

Asks every registered portal for its annual reports, keeps the bytes, and reads what is new.

* **plan** groups the portals by host, **harvest** works one group. A portal in trouble is an
  outcome in the log and in **tally**, and fails nothing; a group of several hosts of which none
  answered does, and **tally** then tells what the others did, and fails.
* **pending** lists the documents that the present reader has not read, **read** reads them.
* **announce** updates the asset `nianbao_parsed`, which starts the warehouse DAG.

Until April a scheduled run asks for last year's reports, from May on once a month for what may be new of
any year. A portal shows today's site: for an old year, trigger with **years**; no backfill by date.
"""

from datetime import UTC, datetime

from airflow.sdk import dag, task

from nianbao_airflow import tasks
from nianbao_airflow.assets import PARSED
from nianbao_airflow.defaults import CRAWLING, DAG_DEFAULTS, READING_TASKS, TASK_DEFAULTS
from nianbao_airflow.names import HARVEST_DAG
from nianbao_airflow.params import HARVEST_PARAMS
from nianbao_airflow.season import season
from nianbao_airflow.wish import wish_of


def wish(params, dag_run):
    """Return what a run is to do."""
    return wish_of(params, dag_run.run_type, datetime.now(UTC))


@dag(
    dag_id=HARVEST_DAG,
    dag_display_name="年报采集 Harvest",
    description="采集各门户的年度报告 Asks the portals for their annual reports",
    schedule=season(),
    default_args=TASK_DEFAULTS,
    params=HARVEST_PARAMS,
    tags=["nianbao", "harvest"],
    doc_md=__doc__,
    **DAG_DEFAULTS,
)
def build_dag() -> None:
    """Wire the tasks."""
    portals = "task.op_kwargs['shard']"
    shard = f"{{{{ {portals} | length }}}}: {{{{ {portals} | join(', ') | truncate(230) }}}}"
    batch = "{{ task.op_kwargs['batch'].documents }} from {{ task.op_kwargs['batch'].first }}"

    @task(**CRAWLING)
    def plan(params=None, dag_run=None):
        return tasks.plan(wish(params, dag_run))

    @task(**CRAWLING, map_index_template=shard)
    def harvest(shard, run_id=None, ti=None, params=None, dag_run=None):
        return tasks.harvest(shard, wish(params, dag_run), run_id=run_id, attempt=ti.try_number)

    # What the other shards brought is read even when one was lost; `tally` then fails the run.
    @task(**READING_TASKS, trigger_rule="all_done")
    def pending(shards, params=None, dag_run=None):
        tasks.need_plan(shards)
        return tasks.pending(wish(params, dag_run))

    @task(**READING_TASKS, trigger_rule="none_failed", outlets=[PARSED])
    def announce(results, outlet_events=None, params=None, dag_run=None):
        outlet_events[PARSED].extra = tasks.announce(results, wish(params, dag_run))

    shards = plan()
    harvested = harvest.expand(shard=shards)
    ending = {"trigger_rule": "all_done", "on_failure_callback": tasks.on_tally_failure}
    task(**CRAWLING, **ending)(tasks.tally)(harvested, shards)
    batches = pending(shards)
    read = task(**READING_TASKS, map_index_template=batch)(tasks.read).expand(batch=batches)
    harvested >> batches
    # Without a plan nothing was asked for: the warehouse is not started for that.
    shards >> announce(read)


build_dag()
