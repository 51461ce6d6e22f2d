"""`make up`: Airflow with a login on this machine, for the real portals, until Ctrl-C.

The DAGs are paused when they are first seen: no portal is asked for anything before somebody
switches the harvest on.
"""

import sys
import time
from typing import Final

from rich.console import Console

from nianbao_airflow.local.environment import USER
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.outcome import complain
from nianbao_airflow.local.place import Place, up_place
from nianbao_airflow.local.processes import Processes
from nianbao_airflow.local.server import Server, free_port
from nianbao_airflow.local.session import Interrupted, session
from nianbao_airflow.names import HARVEST_DAG, WAREHOUSE_DAG

PORT: Final = 8080


def main() -> int:
    """Run Airflow in the foreground; 0 after Ctrl-C, 2 if it could not run or died."""
    console = Console()
    try:
        with session(up_place()) as (processes, killed):
            if killed:
                console.print(f"Ended {killed} processes that an earlier start left behind.")
            serve(up_place(), processes, console)
    except RunnerError as error:
        complain(f"up: {error}")
        return 2
    except Interrupted:
        console.print("Stopped.")
    return 0


def serve(place: Place, processes: Processes, console: Console) -> None:
    """Start Airflow, say where it is and how to log in, and watch it.

    Raises:
        RunnerError: when one of its processes ends.
    """
    server = Server(place, processes, sample=False, port=free_port(PORT))
    console.print("Starting Airflow (the first start also makes its database) …")
    server.prepare()
    server.start()
    server.wait_until_ready([HARVEST_DAG, WAREHOUSE_DAG])
    console.print(login_line(server), markup=False, highlight=False, soft_wrap=True)
    console.print("The DAGs are paused until you switch them on. Ctrl-C stops everything.")
    while True:
        server.check_alive()
        time.sleep(1)


def login_line(server: Server) -> str:
    """Return where Airflow is and how to log in: with the password made up, as long as it stands."""
    login = f"{server.api.base_url}  user {USER}"
    if server.password_stands():
        return f"{login}  password {server.password}"
    return f"{login}, with the password that you have set"


if __name__ == "__main__":
    sys.exit(main())
