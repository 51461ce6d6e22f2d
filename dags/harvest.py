"""Harvest the portals 采集.

Asks every registered portal for its annual reports, keeps the bytes, and reads what is new.

* **plan** groups the portals by host, **harvest** works one group. A portal in trouble is an
  outcome in the log and in **tally**, and fails nothing; a group that nobody answered does.
* **pending** lists the documents that the present reader has not read, **read** reads them.
* **announce** updates the asset `nianbao_parsed`, which starts the warehouse DAG.

A harvest sees today's site whatever its date. For old years, trigger it with **years**.
"""

from airflow.sdk import dag, task

from nianbao_airflow import tasks
from nianbao_airflow.assets import PARSED
from nianbao_airflow.defaults import TASK_DEFAULTS
from nianbao_airflow.params import YEARS
from nianbao_airflow.pools import HARVEST, READING
from nianbao_airflow.season import season


@dag(
    dag_id="nianbao_harvest",
    schedule=season(),
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS,
    params={"years": YEARS},
    tags=["nianbao", "harvest"],
    doc_md=__doc__,
)
def build_dag() -> None:
    """Wire the tasks."""
    shard_name = "{{ task.op_kwargs['shard'] | join(', ') | truncate(120) }}"
    batch_name = "{{ task.op_kwargs['batch'] | length }} from {{ task.op_kwargs['batch'][0][:8] }}"

    @task(pool=HARVEST, map_index_template=shard_name)
    def harvest(shard, run_id=None, ti=None, params=None):
        return tasks.harvest(shard, run_id=run_id, attempt=ti.try_number, years=params["years"])

    harvested = harvest.expand(shard=task(pool=HARVEST)(tasks.plan)())
    task(pool=HARVEST, trigger_rule="none_failed")(tasks.tally)(harvested)
    # What the other shards brought is read even when one was lost; `tally` then fails the run.
    batches = task(pool=READING, trigger_rule="all_done")(tasks.pending)()
    read = task(pool=READING, map_index_template=batch_name)(tasks.read).expand(batch=batches)

    @task(pool=READING, trigger_rule="none_failed", outlets=[PARSED])
    def announce(results, outlet_events=None):
        outlet_events[PARSED].extra = tasks.announce(results)

    harvested >> batches
    announce(read)


build_dag()
