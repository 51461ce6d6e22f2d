"""Following a DAG run to its end, telling what its tasks do."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console

from nianbao_airflow.local.api import Api, Json, Run

POLL: Final = 1.0
DONE: Final = frozenset({"success", "failed", "skipped", "upstream_failed", "removed"})
STYLES: Final = {"failed": "red", "upstream_failed": "red", "skipped": "dim", "success": "green"}


@dataclass(slots=True)
class Follower:
    """Follows runs; `check` raises if Airflow itself has died."""

    api: Api
    console: Console
    check: Callable[[], None]
    _told: set[tuple[str, str, int]] = field(default_factory=set)

    def follow(self, run: Run) -> str:
        """Show each task as it ends; return the state in which the run ends."""
        with self.console.status(run.dag_id) as status:
            while True:
                self.check()
                # The state first: the tasks seen after a final state are all of them.
                state = self.api.state(run)
                tasks = list(self.api.tasks(run))
                for task in tasks:
                    self._tell(run, task)
                if state in DONE:
                    return state
                ended = sum(task["state"] in DONE for task in tasks)
                status.update(f"{run.dag_id}: {ended} of {len(tasks)} tasks")
                time.sleep(POLL)

    def _tell(self, run: Run, task: Json) -> None:
        key = (run.run_id, task["task_id"], task["map_index"])
        if task["state"] not in DONE or key in self._told:
            return
        self._told.add(key)
        name = " ".join(filter(None, [f"{run.dag_id}.{task['task_id']}", shown_index(task)]))
        seconds = f"{task['duration']:.1f} s" if task["duration"] else ""
        style = STYLES.get(task["state"], "")
        line = f"  {task['state']:<8} {name}  {seconds}".rstrip()
        self.console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)

    def report_failures(self, run: Run) -> None:
        """Show the failed tasks of a run, each with the end of its log."""
        for task in self.api.tasks(run):
            if task["state"] != "failed":
                continue
            heading = f"failed: {run.dag_id}.{task['task_id']} {shown_index(task)}"
            self.console.print(heading, style="bold red", markup=False)
            # Airflow's group marks are for its UI.
            lines = [ln for ln in self.api.log_lines(run, task) if not ln.startswith("::")]
            for line in lines[-15:]:
                self.console.print(f"    {line}", markup=False, highlight=False, soft_wrap=True)


def shown_index(task: Json) -> str:
    """Return the name or the number of a mapped task; empty for one that is not mapped."""
    if task["map_index"] < 0:
        return ""
    return f"[{task['rendered_map_index'] or task['map_index']}]"
