"""Which portals a harvest is to ask: by how they stand, by their ids, by the places they serve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from nianbao.archive.log import read_log
from nianbao.crawl.standing import STANDINGS, Standing, standings
from nianbao.divisions import division_of
from nianbao.errors import ConfigurationError
from nianbao.model import Portal
from nianbao.pipeline.log_lines import lines_by_portal
from nianbao.portals.provinces import provinces
from nianbao.settings import Settings

_LEVEL = 2
"""Digits of a division code per level: province, prefecture, county."""


@dataclass(frozen=True)
class Choice:
    """What narrows the registry down; a portal has to meet every part that is given."""

    only: Sequence[str] = ()
    """How it stands by the log: `failed`, `blocked`, `never_seen`, `late`; one of them will do."""
    portals: Sequence[str] = ()
    """Patterns of ids, such as `zhejiang/*`; one of them will do."""
    places: Sequence[str] = ()
    """Division codes of six digits; a province or prefecture takes in all that is below it."""


def choose(portals: Sequence[Portal], choice: Choice, settings: Settings) -> list[Portal]:
    """Return the portals that are chosen.

    Raises `ConfigurationError` for an unknown word or code, and for a pattern or place that no portal
    meets: a misprint would else look like a harvest in which all is well. That nothing stands so as
    `only` says is good news and no error.
    """
    words = _standings(choice.only)
    found = _by_id(portals, choice.portals)
    found = _by_place(found, choice.places)
    if not words or not found:
        return found
    ids = [portal.id for portal in found]
    log = read_log(settings.archive_root, ids, cache=settings.cache_folder)
    stand = standings(found, lines_by_portal(log), datetime.now(UTC))
    return [portal for portal in found if stand[portal.id] & words]


def _standings(words: Sequence[str]) -> frozenset[Standing]:
    unknown = sorted({*words} - {*STANDINGS})
    if unknown:
        known = ", ".join(STANDINGS)
        raise ConfigurationError(f"only: {', '.join(unknown)} is none of {known}")
    return frozenset(standing for standing in STANDINGS if standing in words)


def _by_id(portals: Sequence[Portal], patterns: Sequence[str]) -> list[Portal]:
    if not patterns:
        return list(portals)
    for pattern in patterns:
        if not any(fnmatchcase(portal.id, pattern) for portal in portals):
            example = portals[0].id if portals else "zhejiang/wenzhou"
            raise ConfigurationError(
                f"portals: no portal's id is like {pattern!r}; ids look like {example!r}, "
                "and * stands for anything"
            )
    return [portal for portal in portals if any(fnmatchcase(portal.id, p) for p in patterns)]


def _by_place(portals: Sequence[Portal], places: Sequence[str]) -> list[Portal]:
    if not places:
        return list(portals)
    codes = {portal.id: _codes(portal) for portal in portals}
    for place in places:
        name = _name(place)
        if not any(is_within(code, place) for own in codes.values() for code in own):
            raise ConfigurationError(f"places: no chosen portal is for {place} ({name})")
    return [p for p in portals if any(is_within(c, place) for c in codes[p.id] for place in places)]


def is_within(code: str, place: str) -> bool:
    """Tell whether a division code is a place's own or one below it."""
    while place.endswith("0" * _LEVEL):
        place = place[:-_LEVEL]
    return code.startswith(place)


def _name(place: str) -> str:
    try:
        return division_of(place).name
    except ConfigurationError as error:
        raise ConfigurationError(
            f"places: {error}; a code has six digits, such as 330300 for a prefecture or 330000 "
            "for a province"
        ) from error


def _codes(portal: Portal) -> tuple[str, ...]:
    """Return the divisions of its agencies; else the province of the folder it lies in."""
    own = tuple(agency.division for agency in portal.agencies if agency.division)
    province = provinces().get(portal.id.partition("/")[0])
    return own or ((f"{province.code}0000",) if province else ())
