"""Which addresses on the network may be connected to: the public ones, and what a record names.

A name under our allow-list may be made to point anywhere, by its owner or by somebody else. Behind
it may stand a machine that trusts its neighbours: ourselves, a router, a cloud's metadata service.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

_NAT64 = ip_network("64:ff9b::/96")
_SERVICES = (ip_network("168.63.129.16/32"), ip_network("192.0.0.0/24"))
"""Metadata services at addresses that count as public: Azure's, Oracle's."""


def is_connectable(address: str, networks: Iterable[str] = ()) -> bool:
    """Tell whether an address is public, or in one of the networks that a portal's record names.

    An IPv4 address in the dress of IPv6 (mapped, NAT64, 6to4, Teredo) is judged as what it leads to.
    """
    ip = ip_address(address.partition("%")[0])
    faces = [ip, *_inside(ip)]
    if any(face in ip_network(network) for network in networks for face in faces):
        return True
    return all(_is_public(face) for face in (faces[1:] or faces))


def _is_public(ip: Address) -> bool:
    odd = ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local
    site_local = isinstance(ip, IPv6Address) and ip.is_site_local
    service = any(ip in network for network in _SERVICES)
    return ip.is_global and not (odd or site_local or service)


def _inside(ip: Address) -> list[Address]:
    """Return the IPv4 addresses that an IPv6 address stands for."""
    if isinstance(ip, IPv4Address):
        return []
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    # The low half of ::/96 is an older way to write an IPv4 address; ::1 is the loopback itself.
    if ip in _NAT64 or (int(ip) >> 32 == 0 and int(ip) > 1):
        found.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    return [address for address in found if address is not None]
