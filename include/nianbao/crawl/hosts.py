"""Which hosts a portal may lead us to."""

import re
from urllib.parse import urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from nianbao.errors import NotAllowedError
from nianbao.model import Portal

_ODD = re.compile(r"[\\\x00-\x20\x7f]")
"""What parsers of URLs disagree on, or end early at; it has no business in the host's part."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_web(url: str) -> bool:
    """Tell whether a URL is asked over HTTP; any other is a storage's."""
    try:
        return urlsplit(url).scheme.lower() in _DEFAULT_PORTS
    except ValueError:  # a malformed address, as lists sometimes print them; no folder has one
        return True


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
    except ValueError:  # a malformed address again
        allowed = False
    if not allowed:
        raise NotAllowedError("outside the portal's allow-list", url=url)


def _web_allowed(portal: Portal, url: str) -> bool:
    host = host_of(url)
    if not _is_plain(url, host):
        return False
    entries = {entry.lower() for entry in portal.hosts}
    return host in entries or host.partition(":")[0] in entries


def _is_plain(url: str, host: str) -> bool:
    """Tell whether the library that connects will go where we think, and without a password."""
    parts = urlsplit(url)
    try:
        other = parse_url(url)
    except LocationParseError:
        return False
    seen = (other.host or "").strip("[]").lower().rstrip(".")
    name = (parts.hostname or "").rstrip(".")
    return not (_ODD.search(parts.netloc) or "@" in parts.netloc) and seen == name


def _storage_allowed(portal: Portal, url: str) -> bool:
    roots = (root.rstrip("/") for root in portal.start_urls if not is_web(root))
    inside = any(url.rstrip("/") == root or url.startswith(f"{root}/") for root in roots)
    return inside and ".." not in url.split("/")
