"""Connections that go to a checked address: the one that was looked up is the one connected to.

A check before the request would be of no use: the name may answer otherwise a moment later (DNS
rebinding). So the look-up stands inside the connection, and what it gave is used as it is.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError

from nianbao.crawl.addresses import is_connectable
from nianbao.errors import NotAllowedError

Resolver = Callable[[str, int], list[str]]
"""From a host and a port to its IP addresses; raises `socket.gaierror` where there are none."""


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Says which addresses one portal's connections may go to."""

    networks: tuple[str, ...] = ()
    """Ranges that the portal's record names beside the public ones."""
    resolve: Resolver = look_up

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses of a host that may be connected to.

        Raises `NotAllowedError` where it has none but others, `socket.gaierror` where it has none.
        """
        found = self.resolve(host, port)
        allowed = [address for address in found if is_connectable(address, self.networks)]
        if not allowed:
            url = f"//{host}:{port}"
            raise NotAllowedError(f"its address {', '.join(found)} is not a public one", url=url)
        return allowed


class GuardedAdapter(HTTPAdapter):
    """An adapter of requests whose direct connections are guarded.

    Behind a proxy it is the proxy that connects, so that there the list of hosts decides alone.
    """

    def __init__(self, guard: Guard) -> None:
        """Guard every connection of this adapter alike."""
        self._guard = guard
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make pools of guarded connections."""
        super().init_poolmanager(*args, **options)
        pools: Any = {
            "http": partial(_Pool, guard=self._guard),
            "https": partial(_SafePool, guard=self._guard),
        }
        self.poolmanager.pool_classes_by_scheme = pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Return the manager of a proxy's connections, which are not guarded."""
        manager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = {"http": HTTPConnectionPool, "https": _QuietPool}
        return manager


class _Guarded(HTTPConnection):
    guard: Guard

    def _new_conn(self) -> socket.socket:
        """Connect to the first allowed address that answers, under the name that was asked for."""
        host = self._dns_host
        try:
            addresses = self.guard.addresses(host, self.port)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(host, self, socket.gaierror(str(error))) from error
        try:
            return self._first(addresses)
        finally:
            self._dns_host = host

    def _first(self, addresses: list[str]) -> socket.socket:
        *others, last = addresses
        for address in others:
            self._dns_host = address
            try:
                return super()._new_conn()
            except Exception:  # noqa: BLE001, S112 - the last one's error is the one to tell
                continue
        self._dns_host = last
        return super()._new_conn()


class _GuardedSafe(_Guarded, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ConnectionCls = type("_Connection", (_Guarded,), {"guard": guard})


class _QuietPool(HTTPSConnectionPool):
    """Says nothing about certificates: a record that leaves them unverified has to give its reason."""

    def _validate_conn(self, conn: Any) -> None:
        if conn.is_closed:
            conn.connect()


class _SafePool(_QuietPool):
    def __init__(self, *args: Any, guard: Guard, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ConnectionCls = type("_Connection", (_GuardedSafe,), {"guard": guard})
