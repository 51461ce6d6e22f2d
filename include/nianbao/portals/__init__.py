"""The portals that are harvested, and the families of sites that they belong to."""

from nianbao.portals.registry import find_portal, load_portal, load_portals, portal_schema

__all__ = ["find_portal", "load_portal", "load_portals", "portal_schema"]
