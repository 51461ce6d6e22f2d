"""Which hosts a portal may lead us to."""

from urllib.parse import urlsplit

from nianbao.errors import NotAllowedError
from nianbao.model import Portal

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_web(url: str) -> bool:
    """Tell whether a URL is asked over HTTP; any other is a storage's."""
    return urlsplit(url).scheme.lower() in _DEFAULT_PORTS


def host_of(url: str) -> str:
    """Return the host, with the port where it isn't the scheme's own: what a pace is kept for."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    port = parts.port
    return host if port in {None, _DEFAULT_PORTS.get(parts.scheme)} else f"{host}:{port}"


def ensure_allowed(portal: Portal, url: str) -> None:
    """Raise `NotAllowedError` where a URL is off the portal's allow-list.

    An entry without a port allows every port of the host. A storage URL has to lie below one of
    the start URLs: no page on the web can make us read a local file.
    """
    try:
        allowed = _web_allowed(portal, url) if is_web(url) else _storage_allowed(portal, url)
    except ValueError:  # a malformed address, as lists sometimes print them
        allowed = False
    if not allowed:
        raise NotAllowedError("outside the portal's allow-list", url=url)


def _web_allowed(portal: Portal, url: str) -> bool:
    host = host_of(url)
    entries = {entry.lower() for entry in portal.hosts}
    return host in entries or host.partition(":")[0] in entries


def _storage_allowed(portal: Portal, url: str) -> bool:
    roots = (root.rstrip("/") for root in portal.start_urls if not is_web(root))
    inside = any(url.rstrip("/") == root or url.startswith(f"{root}/") for root in roots)
    return inside and ".." not in url.split("/")
