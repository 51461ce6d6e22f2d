"""The places that have pages, their names and what lies in what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nianbao.divisions import division_of
from nianbao.errors import ConfigurationError
from nianbao.site.addresses import CHINA
from nianbao.site.warehouse import Row


@dataclass(frozen=True)
class Places:
    """The tree of places; the names are those of the divisions themselves, in Chinese."""

    names: Mapping[str, str]
    years: Mapping[str, int]
    """The latest year in which a body lay directly in the place."""
    root: str = CHINA
    """The place that the site is about; its page is the first one."""

    def page(self, code: str) -> str:
        """Return the address of a place's page below a language's folder."""
        return "index.html" if code == self.root else f"places/{code}.html"

    def has(self, code: str) -> bool:
        """Tell whether a place has a page on this site."""
        return code == self.root or (code in self.names and self.root in (CHINA, *self.above(code)))

    def way(self, code: str) -> list[str]:
        """Return the places with pages that hold a place, the largest first."""
        held = [CHINA, *self.above(code)] if code != CHINA else []
        return [place for place in held if self.has(place)]

    def codes(self) -> list[str]:
        """Return every place but the whole country, in order."""
        return sorted(self.names)

    def above(self, code: str) -> list[str]:
        """Return the places that hold a place, the largest first."""
        held = [f"{code[:2]}0000", f"{code[:4]}00"]
        return [place for place in dict.fromkeys(held) if place != code and place in self.names]

    def below(self, code: str) -> list[str]:
        """Return the places directly in a place."""
        return [one for one in self.codes() if ([CHINA, *self.above(one)][-1]) == code]

    def part(self, code: str | None) -> str:
        """Return the place directly below the site's own that holds a place; "" where none does."""
        if not code or (self.root != CHINA and not self.has(code)):
            return ""
        held = [*self.above(code), code]
        return held[min(held.index(self.root) + 1, len(held) - 1) if self.root in held else 0]

    def within(self, code: str) -> list[str]:
        """Return a place with everything in it."""
        if code == CHINA:
            return [CHINA, *self.codes()]
        return [one for one in self.codes() if one == code or code in self.above(one)]

    def name(self, code: str) -> str:
        """Return a place's name."""
        return self.names.get(code, code)


def places_of(rows: Iterable[Row]) -> Places:
    """Return the places of the rows of `places.sql`, with those that hold them."""
    names: dict[str, str] = {}
    years: dict[str, int] = {}
    for row in rows:
        code = row["place"]
        own = {code[:2] + "0000": row["province"], code[:4] + "00": row["prefecture"]}
        own[code] = row["county"] or own.get(code)
        years[code] = row["last_year"]
        for place, name in own.items():
            found = name or _name(place)
            if found or place == code:
                names.setdefault(place, found or place)
    return Places(names, years)


def _name(code: str) -> str | None:
    try:
        return division_of(code).name
    except ConfigurationError:
        return None
