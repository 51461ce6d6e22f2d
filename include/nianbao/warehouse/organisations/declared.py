"""The bodies that somebody named: in a portal's record or in a roster."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from nianbao.divisions import lineage_of
from nianbao.model import Agency, Portal, RosterEntry, normalise_name, org_id_for
from nianbao.warehouse.organisations.naming import Body, body_of


@dataclass(frozen=True)
class Declared:
    """One body, with all that records and rosters say of it."""

    org_id: str
    name: str
    division: str | None = None
    credit_code: str | None = None
    site_code: str | None = None
    kind: str | None = None
    theme: str | None = None
    parent: str = ""
    successor: str = ""
    valid_from: int | None = None
    valid_to: int | None = None
    names: tuple[tuple[str, str], ...] = ()
    """Every name with its source: record, alias or roster."""
    entries: tuple[RosterEntry, ...] = ()
    portals: tuple[str, ...] = field(default=())

    @property
    def body(self) -> Body:
        """The name, understood; the division, where one is given, stands above what it says."""
        return body_of(self.name, self.division or "")

    @property
    def code(self) -> str | None:
        """The division as given, or as the name says it."""
        return self.division or self.body.place.code or None

    @property
    def key(self) -> tuple[str, str]:
        """Place and canonical name, see `Body.key`."""
        return key_of(self.body, self.division)


def key_of(body: Body, division: str | None) -> tuple[str, str]:
    """Return the key of a body whose division may be given beside its name."""
    if not division:
        return body.key
    lineage = lineage_of(division)
    return (lineage.root if lineage else division), body.canonical


def declared(portals: Sequence[Portal], roster: Iterable[RosterEntry]) -> dict[str, Declared]:
    """Return every body that is named somewhere, by id; the roster adds to what records say."""
    found: dict[str, Declared] = {}
    for portal in portals:
        for agency in portal.agencies:
            body = found.get(agency.id) or _of_agency(agency)
            found[agency.id] = replace(body, portals=(*body.portals, portal.id))
    index = _Index(found)
    for entry in roster:
        org_id = index.id_of(entry)
        known = found.get(org_id)
        found[org_id] = _with_entry(known, entry) if known else _of_entry(org_id, entry)
        index.add(found[org_id])
    return found


class _Index:
    """Where to look for a body that a roster names again."""

    def __init__(self, found: dict[str, Declared]) -> None:
        self._by_code: dict[str, str] = {}
        self._by_key: dict[tuple[str, str], str] = {}
        for body in found.values():
            self.add(body)

    def add(self, body: Declared) -> None:
        if body.credit_code:
            self._by_code.setdefault(body.credit_code, body.org_id)
        self._by_key.setdefault(body.key, body.org_id)

    def id_of(self, entry: RosterEntry) -> str:
        """Return the id of an entry: its own, its code's, its name's, or one made from them."""
        key = key_of(body_of(entry.name, entry.division or ""), entry.division)
        known = self._by_code.get(entry.credit_code or "") or self._by_key.get(key)
        if entry.org_id or known:
            return entry.org_id or known or ""
        return f"cn-{entry.credit_code}" if entry.credit_code else id_of_key(key)


def id_of_key(key: tuple[str, str]) -> str:
    """Return the id of a body that no record names."""
    return org_id_for(key[1], key[0])


def _of_agency(agency: Agency) -> Declared:
    validity = agency.validity
    return Declared(
        org_id=agency.id,
        name=agency.name,
        division=agency.division,
        credit_code=agency.credit_code,
        kind=agency.kind,
        valid_from=validity.first if validity else None,
        valid_to=validity.last if validity else None,
        names=tuple(_names(agency.name, "record", agency.aliases)),
    )


def _of_entry(org_id: str, entry: RosterEntry) -> Declared:
    return _with_entry(Declared(org_id, normalise_name(entry.name)), entry)


def _with_entry(body: Declared, entry: RosterEntry) -> Declared:
    names = [*body.names, *_names(entry.name, "roster", entry.aliases)]
    return replace(
        body,
        division=body.division or entry.division,
        credit_code=body.credit_code or entry.credit_code,
        site_code=body.site_code or entry.site_code,
        kind=body.kind or entry.kind,
        theme=body.theme or entry.theme,
        parent=body.parent or entry.parent,
        successor=body.successor or entry.successor,
        names=tuple({name: (name, source) for name, source in reversed(names)}.values())[::-1],
        entries=(*body.entries, entry),
    )


def _names(name: str, source: str, aliases: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield name, source
    for alias in aliases:
        yield alias, "alias"
