"""How a crawl behaves: what way out it takes, and how much it may ask for in one run."""

from dataclasses import dataclass
from pathlib import Path

from nianbao.crawl.connect import Resolver, look_up


@dataclass(frozen=True, slots=True)
class Network:
    """The way to the sites."""

    proxy: str | None = None
    """URL of the proxy that makes the connections; then the list of hosts alone decides."""
    ca_bundle: str | None = None
    """File or folder of certificates that are trusted in place of the usual ones."""
    resolve: Resolver = look_up


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may ask for; the rest is asked in another. `None` is no limit."""

    portal_requests: int | None = None
    portal_seconds: float | None = None
    host_requests: int | None = None
    host_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Conduct:
    """The conduct of a crawl; the defaults are those of tests and small tools."""

    network: Network = Network()
    limits: Limits = Limits()
    pace_folder: Path | None = None
    """Folder where the processes of one machine tell each other when a host was asked last."""
