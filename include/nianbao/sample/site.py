"""The sample portals on loopback sockets; `python -m nianbao.sample.site` serves them by hand.

Two hosts by default, so that work over several hosts can be seen: 127.0.0.1 and 127.0.0.2.
"""

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic

from nianbao.sample.host import Answer, SampleHost
from nianbao.sample.roster import load_roster

HOSTS = ("127.0.0.1", "127.0.0.2")
LONGEST_HANG = 120.0
"""Seconds after which even a hanging page gives up its connection."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request that came in; `at` is in seconds of the monotonic clock."""

    host: str
    method: str
    target: str
    at: float


@dataclass
class SampleSites:
    """The running sites: where they are, and what was asked of them."""

    hosts: tuple[str, ...]
    ports: tuple[int, ...]
    requests: list[Request] = field(default_factory=list)
    corrected: set[tuple[str, int]] = field(default_factory=set)

    def correct(self, organisation: str, report_year: int) -> None:
        """Serve a report without its mistake from now on, under the same URL."""
        self.corrected.add((organisation, report_year))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Waiting for the threads of hanging pages would make every stop as slow as the slowest client.
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], seconds_per_answer: float) -> None:
        super().__init__(address, _Handler)
        self.sites = SampleSites((), ())
        self.host = SampleHost("", ())
        self.seconds_per_answer = seconds_per_answer
        self.stopping = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer a GET."""
        self._handle("GET", "")

    def do_POST(self) -> None:
        """Answer a POST of form fields."""
        length = int(self.headers.get("Content-Length") or 0)
        self._handle("POST", self.rfile.read(length).decode("utf-8", "replace"))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base class's name)
        """Say nothing: the requests are kept instead."""

    def _handle(self, method: str, form: str) -> None:
        server = self.server
        server.sites.requests.append(Request(server.host.domain, method, self.path, monotonic()))
        answer = server.host.answer(self.path, form, dict(self.headers.items()))
        if answer.hangs:
            server.stopping.wait(LONGEST_HANG)
            self.close_connection = True
            return
        server.stopping.wait(server.seconds_per_answer)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)


@contextmanager
def serve(
    ports: Sequence[int] = (0, 0),
    *,
    hosts: Sequence[str] = HOSTS,
    seconds_per_answer: float = 0.0,
) -> Iterator[SampleSites]:
    """Serve the sample portals while the context lasts; port 0 takes any free one.

    Raises `OSError` where a port is taken.
    """
    with ExitStack() as stack:
        servers = [
            stack.enter_context(_Server((host, port), seconds_per_answer))
            for host, port in zip(hosts, ports, strict=True)
        ]
        bound = tuple(server.server_address[1] for server in servers)
        sites = SampleSites(tuple(hosts), bound)
        for place, server in enumerate(servers):
            portals = tuple(p for p in load_roster().portals if p.host % len(servers) == place)
            domain = f"{hosts[place]}:{bound[place]}"
            server.sites, server.host = sites, SampleHost(domain, portals, sites.corrected)
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
            stack.callback(_stop, server)
        yield sites


def _stop(server: _Server) -> None:
    server.stopping.set()
    server.shutdown()


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until interrupted; the one line printed says that the sites are ready, and where."""
    parser = argparse.ArgumentParser(prog="python -m nianbao.sample.site", description=__doc__)
    parser.add_argument("--port", type=int, nargs=2, default=(8101, 8102), help="one per host")
    parser.add_argument("--host", nargs=2, default=HOSTS, help="two loopback addresses")
    options = parser.parse_args(arguments)
    with serve(options.port, hosts=options.host) as sites:
        places = zip(sites.hosts, sites.ports, strict=True)
        sys.stdout.write("ready " + " ".join(f"http://{h}:{p}" for h, p in places) + "\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
