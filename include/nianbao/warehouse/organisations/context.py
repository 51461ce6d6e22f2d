"""Where a site is: what a name without a place, or with an ambiguous one, is read by."""

from collections.abc import Iterable, Mapping, Sequence

from nianbao.divisions.places import place_of
from nianbao.model import Portal, normalise_name
from nianbao.warehouse.organisations.declared import Declared


def division_of_portal(portal: Portal) -> str:
    """Return the division of a site; empty where its record doesn't tell.

    It is that of the government that publishes there, else what its agencies have in common, else
    what its own name says.
    """
    governments = {a.division for a in portal.agencies if a.kind == "government" and a.division}
    shared = common_division(governments or {a.division for a in portal.agencies if a.division})
    return shared or place_of(normalise_name(portal.name)).code


def common_division(codes: Iterable[str]) -> str:
    """Return the division that all codes are in, or empty where they share not even a province."""
    found = {*codes}
    if len(found) == 1:
        return next(iter(found))
    for digits in (4, 2):
        above = {f"{code[:digits]:0<6}" for code in found}
        if len(above) == 1:
            return next(iter(above))
    return ""


def contexts(portals: Sequence[Portal]) -> Mapping[str, str]:
    """Return the division of each portal that has one, by portal id."""
    found = {portal.id: division_of_portal(portal) for portal in portals}
    return {portal_id: code for portal_id, code in found.items() if code}


def near_of(
    lead: str | None, portal_id: str, known: Mapping[str, Declared], sites: Mapping[str, str]
) -> str:
    """Return the division to read a name by: that of the agency of the list, else the site's."""
    agency = known.get(lead or "")
    return (agency.code if agency else None) or sites.get(portal_id, "")
