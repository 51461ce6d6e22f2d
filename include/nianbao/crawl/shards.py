"""Shards: the portals of one task, so that no host is ever asked by two tasks at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.model import Portal


@dataclass(frozen=True, slots=True)
class Shard:
    """Portals of one task, by id; with `hosts`, all of it fits in JSON."""

    portal_ids: tuple[str, ...]
    hosts: tuple[str, ...]


def plan_shards(portals: Iterable[Portal], most: int = 20, limit: int | None = None) -> list[Shard]:
    """Return the shards of the enabled portals, of at most so many portals each.

    Portals that share a host, even by way of a third one, are in one shard, which may then be
    larger. So are all of them where there would be more than `limit` otherwise: who runs the shards
    takes no more. The same portals give the same shards.
    """
    enabled = [portal for portal in portals if portal.enabled]
    if limit is not None:
        # Two shards side by side hold more than `most`, or they would be one.
        most = max(most, -(-2 * len(enabled) // limit))
    shards: list[list[Portal]] = []
    for group in host_groups(enabled):
        if shards and len(shards[-1]) + len(group) <= most:
            shards[-1] += group
        else:
            shards.append(list(group))
    return [_shard(members) for members in shards]


def host_groups(portals: Iterable[Portal]) -> list[list[Portal]]:
    """Return the portals in groups that share no host with each other, all ordered by id."""
    known = sorted(portals, key=lambda portal: portal.id)
    leads_to: dict[str, str] = {}  # from a host to another of its group, and so on to one for all
    for portal in known:
        first, *others = (_root(leads_to, host) for host in _hosts(portal))
        leads_to.update((other, first) for other in others if other != first)
    groups: dict[str, list[Portal]] = {}
    for portal in known:
        groups.setdefault(_root(leads_to, _hosts(portal)[0]), []).append(portal)
    return list(groups.values())


def _root(leads_to: dict[str, str], host: str) -> str:
    """Return the host that stands for a group, with the way to it shortened for the next time."""
    way = []
    while host in leads_to:
        way.append(host)
        host = leads_to[host]
    leads_to.update(dict.fromkeys(way, host))
    return host


def _shard(members: list[Portal]) -> Shard:
    hosts = sorted({host for portal in members for host in _hosts(portal)})
    return Shard(tuple(sorted(portal.id for portal in members)), tuple(hosts))


def _hosts(portal: Portal) -> tuple[str, ...]:
    # An inbox has no hosts; its folders stand in for them.
    return tuple(host.lower() for host in portal.hosts) or portal.start_urls or (portal.id,)
