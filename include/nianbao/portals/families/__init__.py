"""The families: code that can list the sites of one CMS, without touching the network."""

from nianbao.errors import ConfigurationError
from nianbao.portals.families.base import Family, ListRequest, Step, Years
from nianbao.portals.families.hanweb import Hanweb
from nianbao.portals.families.inbox import Inbox

FAMILIES: dict[str, Family] = {"hanweb": Hanweb(), "inbox": Inbox()}
"""Every family by the name that portal records use; a new one is added here."""


def family_named(name: str) -> Family:
    """Return a family; `ConfigurationError` where there is none of that name."""
    try:
        return FAMILIES[name]
    except KeyError:
        known = ", ".join(sorted(FAMILIES))
        raise ConfigurationError(f"family: there is no {name!r}, only {known}") from None


__all__ = ["FAMILIES", "Family", "ListRequest", "Step", "Years", "family_named"]
