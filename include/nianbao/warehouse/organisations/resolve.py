"""From names as printed to organisation ids."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nianbao.divisions.lineage import lineage_of
from nianbao.model import normalise_name
from nianbao.warehouse.organisations.declared import Declared, id_of_key
from nianbao.warehouse.organisations.naming import Body, body_of

Key = tuple[str, str]
_RANKS = {"name": 1, "both": 2, "context": 3, "none": 4}


@dataclass(frozen=True, slots=True)
class Printed:
    """A name on a report, with the list and the site that led to it."""

    name: str
    lead: str | None
    portal_id: str
    near: str
    """Division of the list's agency, or of the site; may be empty."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The body that a printed name is."""

    printed: Printed
    org_id: str | None
    rank: int
    """How sure: 0 a record or roster has it, 1 its place is in its name … 4 only the name is known.
    Where the same bytes are found on two sites, the surest counts for both."""
    body: Body | None = None
    former: str | None = None
    """The id that an earlier build gave to the name."""


class Resolver:
    """What records, rosters and the memory of earlier builds say about names.

    A name is matched exactly, or as another writing of the same name in the same place. It is never
    matched by likeness.
    """

    def __init__(
        self, known: Mapping[str, Declared], memory: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self._known = known
        self._memory = memory or {}
        self._of_name: dict[str, str] = {}
        for (name, _), given in sorted(self._memory.items()):
            self._of_name.setdefault(name, given)
        self._by_name: dict[str, list[str]] = {}
        self._by_key: dict[Key, str] = {}
        for body in known.values():
            for name, _ in body.names:
                ids = self._by_name.setdefault(normalise_name(name), [])
                if body.org_id not in ids:
                    ids.append(body.org_id)
            self._by_key.setdefault(body.key, body.org_id)

    def resolve(self, names: Iterable[Printed]) -> Iterator[Resolved]:
        """Yield the body of every name; names of one body that nobody declared share an id."""
        groups: dict[Key, list[tuple[Printed, Body]]] = {}
        for printed in sorted(names, key=_order):
            if not printed.name:
                yield Resolved(printed, printed.lead, 0)
                continue
            body = body_of(printed.name, printed.near)
            org_id = self.declared_id(printed, body)
            if org_id:
                yield Resolved(printed, org_id, 0, body, self.remembered(printed, body))
            else:
                groups.setdefault(body.key, []).append((printed, body))
        yield from self._undeclared(groups)

    def declared_id(self, printed: Printed, body: Body | None = None) -> str | None:
        """Return the id of a declared body, or `None`."""
        body = body or body_of(printed.name, printed.near)
        ids = self._by_name.get(normalise_name(printed.name), [])
        fitting = [org_id for org_id in ids if self._fits(self._known[org_id], body)]
        if len(fitting) == 1:
            return fitting[0]
        return self._by_key.get(body.key)

    def _fits(self, declared: Declared, body: Body) -> bool:
        """Tell whether a declared body of this name may be meant: not where it is elsewhere."""
        code, place = declared.code, body.place
        if not code or not place.root:
            return True
        lineage = lineage_of(code)
        if place.root == (lineage.root if lineage else code):
            return True
        return place.source == "context" and _one_is_above(place.code, code)

    def _undeclared(self, groups: dict[Key, list[tuple[Printed, Body]]]) -> Iterator[Resolved]:
        taken: set[str] = set()
        for key, members in sorted(groups.items()):
            remembered = [self.remembered(*member) for member in sorted(members, key=_says_most)]
            free = (
                one for one in remembered if one and one not in taken and one not in self._known
            )
            org_id = next(free, None) or id_of_key(key)
            taken.add(org_id)
            for printed, body in members:
                rank, former = _RANKS[body.place.source], self.remembered(printed, body)
                yield Resolved(printed, org_id, rank, body, former)

    def remembered(self, printed: Printed, body: Body) -> str | None:
        """Return the id that an earlier build gave to a name on such a site.

        A name that tells its place itself is the same on every site.
        """
        if not self._memory:
            return None
        name = normalise_name(printed.name)
        given = self._memory.get((name, printed.near))
        return given or (self._of_name.get(name) if body.place.source == "name" else None)


def _says_most(member: tuple[Printed, Body]) -> tuple[int, str, str]:
    name = normalise_name(member[0].name)
    return -len(name), name, member[0].near


def _one_is_above(one: str, other: str) -> bool:
    return any(
        above in {f"{below[:2]}0000", f"{below[:4]}00"}
        for above, below in ((one, other), (other, one))
    )


def _order(printed: Printed) -> tuple[str, str, str]:
    return printed.name, printed.lead or "", printed.portal_id
