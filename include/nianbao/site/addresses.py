"""Where each page lies: short ASCII names that every system and every static host takes."""

import re

from nianbao.model import sha256_of

CHINA = "000000"
"""The place that holds every other."""

_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{1,59}")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")


def slug(org_id: str) -> str:
    """Return a file name for an organisation: its id in lower case, or a hash of one that is unfit."""
    name = org_id.lower()
    upper_or_lower = org_id in (name, org_id.upper())  # mixed ones could fall on one name
    if upper_or_lower and _SAFE.fullmatch(name) and not _RESERVED.fullmatch(name):
        return name
    return "x-" + sha256_of(org_id.encode())[:20]


def agency_page(org_id: str) -> str:
    """Return the address of an agency's page below a language's folder."""
    name = slug(org_id)
    return f"agencies/{name[-2:]}/{name}.html"


def root_of(page: str) -> str:
    """Return the way from a page to its language's folder."""
    return "../" * page.count("/")
