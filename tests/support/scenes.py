"""Many small scenes in one world: each has a county and a site of its own, so that none sees another."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from nianbao.divisions import Division, load_divisions
from nianbao.model import Agency, Portal, Report, RosterEntry
from nianbao.model.portal import Years
from nianbao.reports.parsed import Reading
from support.world import World, report

LATER = "2022-03-01"
"""A day after the departments' deadline for the report year 2021, before the governments'."""

Setup = Callable[["Scene"], None]


class Scene:
    """A county with a bureau of commerce, one of education, and a site with both."""

    def __init__(self, world: World, county: Division) -> None:
        self.world, self.place, self.division = world, county.name, county.code
        self.bureau = self.agency("商务局")
        self.other = self.agency("教育局")
        self.site = Portal(
            id=f"p/{county.code}",
            name="site",
            family="hanweb",
            start_urls=("http://x/list",),
            agencies=(self.bureau, self.other),
            years=Years(first=2020),
        )
        self.more_sites: list[Portal] = []

    def agency(self, name: str, **changes: Any) -> Agency:
        """Return a body of the county."""
        known = {"id": self.id_of(name), "division": self.division}
        return Agency(**{**known, "name": self.place + name, **changes})

    def id_of(self, name: str) -> str:
        """Return the id that the record gives to a body of the county."""
        return f"a{self.division}-{name.encode().hex()}"

    def change_site(self, **changes: object) -> None:
        """Change what the record of the site says."""
        self.site = self.site.model_copy(update=changes)

    def add_site(self, name: str, *agencies: Agency, **changes: object) -> str:
        """Add one more site and return its id."""
        known = {"id": f"{self.site.id}-{name}", "agencies": agencies, **changes}
        self.more_sites.append(self.site.model_copy(update=known))
        return self.more_sites[-1].id

    def add_to_roster(self, name: str, **said: Any) -> None:
        """Let a roster name a body of the county."""
        entry = RosterEntry(self.place + name, division=self.division, **said)
        self.world.known = replace(self.world.known, roster=(*self.world.known.roster, entry))

    def harvest_on(self, day: str) -> None:
        """Let what is asked from here on be of a harvest on some day."""
        self.world.harvest_on(day)

    def ask(self, outcome: str = "fetched", portal: str = "", **fetch: object) -> None:
        """Let a page be asked for: a list, or with `purpose` anything else."""
        number = len(self.world.log)
        self.world.ask(f"http://x/{number}", outcome, portal or self.site.id, **fetch)

    def finish(self, portal: str = "", **asked: Any) -> None:
        """Let the harvest of a site come to its end."""
        self.world.finish(portal or self.site.id, **asked)

    def read_in_full(self) -> None:
        """Read the lists after the deadline, with the report of the bureau of education on them."""
        self.harvest_on(LATER)
        self.ask()
        self.serve("教育局")
        self.finish()

    def serve(self, name: str, published_on: str | None = "2022-01-20", **lead: object) -> str:
        """Let the site list and serve the report of a body of the county for 2021."""
        body = replace(report(self.place + name), published_on=published_on)
        lead = {"lead_title": f"{self.place}{name}2021年年报", "lead_report_year": 2021, **lead}
        return self.serve_as(name, body, **lead)

    def serve_as(self, page: str, *reports: Report, **fetch: object) -> str:
        """Let a page of the site serve some reports; served again, it has changed."""
        version = f"{self.division} {page} {len(self.world.log)}"
        url = f"http://x/{self.division}/{page}"
        return self.world.serve(url, version, *reports, portal=self.site.id, **fetch)

    def spoil(self, sha256: str, reading: Reading) -> None:
        """Let a document be read as something else."""
        self.world.readings[sha256] = reading


def play(world: World, setups: dict[str, Setup]) -> dict[str, Scene]:
    """Set all scenes up in one world, each in a county of another prefecture."""
    scenes = {name: Scene(world, county) for name, county in zip(setups, counties(), strict=False)}
    assert len(scenes) == len(setups)
    for name, scene in scenes.items():
        setups[name](scene)
    world.portals = [site for one in scenes.values() for site in (one.site, *one.more_sites)]
    return scenes


def counties() -> Iterator[Division]:
    """Yield plain counties that never changed, one of each prefecture."""
    names = [one.name for known in load_divisions().values() for one in known]
    done: set[str] = set()
    for one, *others in load_divisions().values():
        is_plain = one.level == "county" and one.name[-1] in "县市" and "自治" not in one.name
        is_same = not others and one.first_year == 2013 and one.last_year is None
        if is_plain and is_same and names.count(one.name) == 1 and one.code[:4] not in done:
            done.add(one.code[:4])
            yield one
