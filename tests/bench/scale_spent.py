"""What a run of Airflow takes: processor time by all its processes, and the time inside our tasks."""

import re
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psutil

_BODY = re.compile(rb"nianbao\.step_seconds\.\w+:([\d.]+)\|ms")


def processor(pids: Sequence[int]) -> float:
    """Return the seconds of a core that processes and all that they started have taken so far."""
    return sum(_of_tree(psutil.Process(pid)) for pid in pids)


def _of_tree(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
        # Of children that have ended, their parent knows it; the living are asked.
        own = times.user + times.system + times.children_user + times.children_system
        return float(own) + sum(_of_tree(child) for child in process.children())
    except psutil.NoSuchProcess:
        return 0.0


class Bodies:
    """Hears from each task, as a StatsD server, how long the work inside it took."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seconds = 0.0

    @property
    def variables(self) -> dict[str, str]:
        """Return Airflow's settings that send it here."""
        named = {"ON": "True", "HOST": "127.0.0.1", "PORT": str(self.port)}
        return {f"AIRFLOW__METRICS__STATSD_{name}": value for name, value in named.items()}

    def hear(self, packet: bytes) -> None:
        """Add what a packet tells."""
        self.seconds += sum(float(found) / 1000 for found in _BODY.findall(packet))


@contextmanager
def bodies() -> Iterator[Bodies]:
    """Give a listener."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        heard = Bodies(listening.getsockname()[1])
        threading.Thread(target=_listen, args=(listening, heard), daemon=True).start()
        yield heard
        listening.sendto(b"", listening.getsockname())


def _listen(listening: socket.socket, heard: Bodies) -> None:
    while packet := listening.recv(65_536):
        heard.hear(packet)
