"""The sample portals on loopback sockets; `python -m nianbao.sample.site` serves them by hand.

Two hosts by default, so that work over several hosts can be seen: 127.0.0.1 and 127.0.0.2.
"""

import argparse
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from nianbao.sample.host import SampleHost
from nianbao.sample.loopback import Request, Server
from nianbao.sample.roster import load_roster

HOSTS = ("127.0.0.1", "127.0.0.2")


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
            stack.enter_context(Server((host, port), seconds_per_answer))
            for host, port in zip(hosts, ports, strict=True)
        ]
        bound = tuple(server.server_address[1] for server in servers)
        sites = SampleSites(tuple(hosts), bound)
        for place, server in enumerate(servers):
            portals = tuple(p for p in load_roster().portals if p.host % len(servers) == place)
            host = SampleHost(server.netloc, portals, sites.corrected)
            server.requests, server.answering = sites.requests, host.answer_to
            server.start()
            stack.callback(server.stop)
        yield sites


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
