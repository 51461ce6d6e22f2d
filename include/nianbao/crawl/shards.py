"""Shards: the portals of one task, so that no host is ever asked by two tasks at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.model import Portal


@dataclass(frozen=True, slots=True)
class Shard:
    """Portals of one task, by id; with `hosts`, all of it fits in JSON."""

    portal_ids: tuple[str, ...]
    hosts: tuple[str, ...]


def plan_shards(portals: Iterable[Portal], most: int = 20) -> list[Shard]:
    """Return the shards of the enabled portals, of at most so many portals each.

    Portals that share a host, even by way of a third one, are in one shard, which may then be
    larger. The same portals give the same shards.
    """
    shards: list[list[Portal]] = []
    for group in host_groups(portal for portal in portals if portal.enabled):
        if shards and len(shards[-1]) + len(group) <= most:
            shards[-1] += group
        else:
            shards.append(list(group))
    return [_shard(members) for members in shards]


def host_groups(portals: Iterable[Portal]) -> list[list[Portal]]:
    """Return the portals in groups that share no host with each other, all ordered by id."""
    groups: list[tuple[set[str], list[Portal]]] = []
    for portal in sorted(portals, key=lambda portal: portal.id):
        hosts, members = set(_hosts(portal)), [portal]
        apart = []
        for group in groups:
            if group[0].isdisjoint(hosts):
                apart.append(group)
            else:
                hosts |= group[0]
                members = group[1] + members
        groups = [*apart, (hosts, members)]
    ordered = [sorted(members, key=lambda portal: portal.id) for _, members in groups]
    return sorted(ordered, key=lambda members: members[0].id)


def _shard(members: list[Portal]) -> Shard:
    hosts = sorted({host for portal in members for host in _hosts(portal)})
    return Shard(tuple(sorted(portal.id for portal in members)), tuple(hosts))


def _hosts(portal: Portal) -> tuple[str, ...]:
    # An inbox has no hosts; its folders stand in for them.
    return tuple(host.lower() for host in portal.hosts) or portal.start_urls or (portal.id,)
