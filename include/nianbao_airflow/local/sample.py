"""The sample portals of the demo: a process of their own, on ports that stay the same.

The ports are part of the URLs, and a report is known by its URL: other ports would be new portals.
"""

import json
import socket
import sys
import time
from collections.abc import Sequence
from typing import Final

from nianbao_airflow.local import environment
from nianbao_airflow.local.errors import RunnerError
from nianbao_airflow.local.place import Place, write_private
from nianbao_airflow.local.processes import Processes, tail

NAME: Final = "sample-portals"
HOSTS: Final = ("127.0.0.1", "127.0.0.2")
"""Two addresses, so that work over several hosts can be seen."""
READY_WITHIN: Final = 60.0


def start(place: Place, processes: Processes) -> None:
    """Start the portals and write what the harvest reads about them, their inbox included."""
    ports = stable_ports(place)
    arguments = ["--host", *HOSTS, "--port", *map(str, ports)]
    processes.start(
        NAME,
        [sys.executable, "-m", "nianbao.sample.site", *arguments],
        env=environment.inherited(),
        log=place.process_log(NAME),
        cwd=place.root,
    )
    from nianbao.sample.portals import write_inbox, write_portal_records

    records, inbox = place.data / "portals", place.data / "inbox"
    for old in records.glob("*.yaml"):
        old.unlink()
    write_portal_records(records, ports, inbox=inbox, hosts=HOSTS)
    write_inbox(inbox)


def wait_until_ready(place: Place, processes: Processes) -> None:
    """Wait for the portals to say that they serve.

    Raises:
        RunnerError: if they end or take too long.
    """
    log = place.process_log(NAME)
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and NAME not in processes.ended():
        if tail(log).startswith("ready "):
            return
        time.sleep(0.1)
    message = f"the sample portals did not start:\n{tail(log)}"
    raise RunnerError(message)


def stable_ports(place: Place) -> list[int]:
    """Return the ports of the last time; new ones at first, or where somebody took an old one."""
    file = place.airflow_home / "sample_ports.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else [0, 0]
    ports = _bindable(known) or _bindable([0, 0])
    if not ports:
        message = f"no free ports on {' and '.join(HOSTS)}"
        raise RunnerError(message)
    write_private(file, json.dumps(ports))
    return ports


def _bindable(ports: Sequence[int]) -> list[int]:
    """Return the ports as the system gives them, or nothing where one is taken."""
    probes = [socket.socket() for _ in HOSTS]
    try:
        for probe, host, port in zip(probes, HOSTS, ports, strict=True):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
        return [int(probe.getsockname()[1]) for probe in probes]
    except OSError:
        return []
    finally:
        for probe in probes:
            probe.close()
