"""Where a report came from, as it may be told to others."""

import re
from urllib.parse import unquote, urlsplit


def web_address(url: str | None) -> str:
    """Return an address that a browser opens as a page of the web, or nothing."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def file_name(url: str | None) -> str:
    """Return the name of a file handed in; its path tells of the machine that took it in."""
    name = re.split(r"[/\\]", url or "")[-1]
    return re.split(r"[/\\]", unquote(name))[-1]


def told_source(url: str | None) -> str:
    """Return the web address of a report, or only the name of the file that was handed in."""
    return web_address(url) or file_name(url)
