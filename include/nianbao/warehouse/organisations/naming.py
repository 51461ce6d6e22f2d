"""The name of a body taken apart: its place, and what it is there, in one form for all writings."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from nianbao.divisions.places import Place, child_called, place_of
from nianbao.model import normalise_name


@dataclass(frozen=True, slots=True)
class Body:
    """A name, understood."""

    name: str
    """Normalised, without what says which report it is."""
    place: Place
    core: str
    """The name behind the place: 商务局; the whole name where there is no place."""
    canonical: str
    """The core as all its writings come out: 住建局 and 住房和城乡建设局 are one."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two names one body: the place's root code and the canonical core.

        Where the place is not known, only the whole name can tell.
        """
        return (self.place.root, self.canonical) if self.place.root else ("", self.name)


@lru_cache(maxsize=65536)
def body_of(name: str, near: str = "") -> Body:
    """Return what a name says, found on a site of the division `near`.

    Names are never compared by likeness: 下域区 is a misread 下城区 or a place of its own, and only
    a person can tell.
    """
    name = _words()["asides"].sub("", normalise_name(name))
    place = _in_branch(place_of(name, near))
    return Body(name, place, place.rest, canonical(place.rest))


@lru_cache(maxsize=65536)
def canonical(core: str) -> str:
    """Return the one form of a name behind its place."""
    words = _words()
    for pattern, instead in words["whole"]:
        core = pattern.sub(instead, core)
    found = words["short"].match(core)
    if found:
        core = words["stems"][found["stem"]] + found["end"]
    return core if words["kept"].search(core) else str(words["dropped"].sub("", core))


def _in_branch(place: Place) -> Place:
    """Return the county where a city's bureau has its branch, with the name as one there."""
    found = _words()["branch"].match(place.rest)
    if found is None or not place.code:
        return place
    child = child_called(found["stem"] + (found["end"] or ""), place.code)
    if child is None:
        return place
    return replace(place, code=child.code, rest=f"{found['head']}分局")


@cache
def _words() -> dict[str, Any]:
    text = (files("nianbao.warehouse.organisations") / "names.yaml").read_text("utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    stems = "|".join(sorted(words["short"], key=len, reverse=True))
    return {
        "kept": re.compile(words["kept"]),
        "asides": re.compile(words["asides"]),
        "branch": re.compile(words["branch"]),
        "dropped": re.compile(words["dropped"]),
        "short": re.compile(f"^(?P<stem>{stems})(?P<end>{words['endings']})$"),
        "stems": words["short"],
        "whole": [(re.compile(pattern), instead) for pattern, instead in words["whole"].items()],
    }
