"""`make demo`: the sample portals harvested, read, checked and published by a real Airflow.

Exit codes: 0 all runs succeeded, 1 a run failed, 2 it could not run; 128 + signal if interrupted.
"""

import sys
import time
from typing import Final

from rich.console import Console

from nianbao_airflow.local import outcome, sample
from nianbao_airflow.local.api import Run
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.follow import Follower
from nianbao_airflow.local.outcome import complain
from nianbao_airflow.local.place import Place, demo_place
from nianbao_airflow.local.processes import Processes
from nianbao_airflow.local.server import Server, free_port
from nianbao_airflow.local.session import Interrupted, session
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG

STARTED_WITHIN: Final = 120.0
"""Seconds in which the scheduler answers an asset event with a run; it takes one or two."""


def main() -> int:
    """Run the demo and return its exit code."""
    console = Console()
    place = demo_place()
    started = time.monotonic()
    try:
        with session(place) as (processes, killed):
            if killed:
                console.print(f"Ended {killed} processes that an earlier demo left behind.")
            code = demonstrate(place, processes, console)
    except RunnerError as error:
        complain(f"demo: {error}")
        return 2
    except Interrupted as signal:
        console.print(f"Stopped by {signal}; the next demo goes on from here.")
        return signal.exit_code
    console.print(f"{time.monotonic() - started:.0f} s in all")
    return code


def demonstrate(place: Place, processes: Processes, console: Console) -> int:
    """Start everything, follow the runs, show the outcome; return the exit code."""
    server = Server(place, processes, sample=True, port=free_port())
    console.print("Starting Airflow (the first start also makes its database) …")
    server.prepare()
    server.start()
    sample.start(place, processes)
    sample.wait_until_ready(place, processes)
    server.wait_until_ready([HARVEST_DAG, WAREHOUSE_DAG])
    follower = Follower(server.api, console, server.check_alive)
    runs = follow_all(follower)
    failed = [run for run in runs if server.api.state(run) != "success"]
    for run in failed:
        follower.report_failures(run)
    outcome.show(place, server.api, runs, console)
    return 1 if failed else 0


def follow_all(follower: Follower) -> list[Run]:
    """Follow the harvest and the warehouse run that it starts, or what a killed demo left of them.

    A run that is still active is never triggered a second time: the new one would queue behind it.
    """
    api, console = follower.api, follower.console
    for dag_id in (HARVEST_DAG, WAREHOUSE_DAG):
        api.unpause(dag_id)
    if left := api.active_runs(HARVEST_DAG):
        console.print("An earlier demo's harvest is still under way: following it.")
        return follow_harvest(follower, left[0])
    if api.active_runs(WAREHOUSE_DAG) or api.is_waiting(WAREHOUSE_DAG):
        console.print("An earlier demo had harvested: following its warehouse run.")
        return follow_warehouse(follower, None)
    return follow_harvest(follower, api.trigger(HARVEST_DAG))


def follow_harvest(follower: Follower, harvest: Run) -> list[Run]:
    """Follow a harvest and, if it updated its asset, the warehouse run."""
    state = follower.follow(harvest)
    if state != "success" and follower.api.asset_events(harvest) == []:
        return [harvest]
    return [harvest, *follow_warehouse(follower, harvest)]


def follow_warehouse(follower: Follower, harvest: Run | None) -> list[Run]:
    """Follow the warehouse run that a harvest started, or the active one.

    Raises:
        RunnerError: if the scheduler starts none.
    """
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        follower.check()
        if run := _warehouse_run(follower, harvest):
            follower.follow(run)
            return [run]
        time.sleep(1)
    message = f"no run of {WAREHOUSE_DAG} started within {STARTED_WITHIN:.0f} s"
    raise RunnerError(message)


def _warehouse_run(follower: Follower, harvest: Run | None) -> Run | None:
    if harvest is None:
        return next(iter(follower.api.active_runs(WAREHOUSE_DAG)), None)
    started = [
        Run(WAREHOUSE_DAG, made["run_id"])
        for event in follower.api.asset_events(harvest) or []
        for made in event["created_dagruns"]
        if made["dag_id"] == WAREHOUSE_DAG
    ]
    return started[0] if started else None


if __name__ == "__main__":
    sys.exit(main())
