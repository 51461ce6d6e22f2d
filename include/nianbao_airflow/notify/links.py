"""Addresses of pages in Airflow's UI, for messages."""

from typing import Any, Final
from urllib.parse import quote

from nianbao_airflow.notify.kinds import alerts

REPORTS: Final = "/expectation-reports/"


def run_links(base_url: str, context: Any) -> list[tuple[str, str]]:
    """Return the links to the task's log and to its run, as far as a context names them."""
    run, task = context.get("run_id"), context.get("task_instance") or context.get("ti")
    dag_id = getattr(context.get("dag"), "dag_id", None) or getattr(task, "dag_id", None)
    if not (base_url and dag_id and run):
        return []
    page = f"{base_url.rstrip('/')}/dags/{quote(dag_id)}/runs/{quote(run, safe='')}"
    words, links = alerts().words, []
    if task is not None:
        links.append((words["task"], page + _task(task)))
    return [*links, (words["run"], page)]


def report_links(base_url: str) -> list[tuple[str, str]]:
    """Return the link to the expectation reports."""
    return [(alerts().words["reports"], base_url.rstrip("/") + REPORTS)] if base_url else []


def _task(task: Any) -> str:
    index = getattr(task, "map_index", -1)
    mapped = f"/mapped/{index}" if index is not None and index >= 0 else ""
    return f"/tasks/{quote(str(task.task_id))}{mapped}"
