"""The rows of the tables about organisations, from what is declared and what was printed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.divisions import code_in_common_year, lineage_of
from nianbao.divisions.lineage import Lineage
from nianbao.model import normalise_name
from nianbao.warehouse.organisations.classify import kind_of, level_of, theme_of
from nianbao.warehouse.organisations.declared import Declared
from nianbao.warehouse.organisations.naming import Body, canonical
from nianbao.warehouse.organisations.resolve import Resolved

Row = dict[str, object]


@dataclass
class Organisation:
    """One body as the warehouse has it."""

    org_id: str
    name: str
    core: str
    """Name behind the place."""
    code: str | None
    root: str
    declared: Declared | None = None
    printed: set[str] = field(default_factory=set)

    @property
    def lineage(self) -> Lineage | None:
        """The place through the years."""
        return lineage_of(self.code) if self.code else None

    @property
    def kind(self) -> str | None:
        """As declared, or by the name."""
        said = self.declared.kind if self.declared else None
        own = kind_of(self.core)
        # Records call both towns and subdistricts a township.
        return own if said == "township" and own == "subdistrict" else said or own

    @property
    def theme(self) -> str | None:
        """As the roster says, or by the name."""
        said = self.declared.theme if self.declared else None
        return said or theme_of(self.core)

    @property
    def level(self) -> str | None:
        """By the division and the kind."""
        return level_of(self.core, self.kind, self.code)

    @property
    def key(self) -> tuple[str, str]:
        """Place and canonical name."""
        return self.root, canonical(self.core)


def organisations(
    known: Mapping[str, Declared], resolved: Sequence[Resolved]
) -> dict[str, Organisation]:
    """Return every body, by id: the declared ones, and those that only reports name."""
    found = {org_id: _of_declared(body) for org_id, body in sorted(known.items())}
    for one in sorted(resolved, key=_longest_first):
        if one.org_id is None:
            continue
        if one.org_id not in found:
            found[one.org_id] = _of_printed(one)
        if one.printed.name:
            found[one.org_id].printed.add(one.printed.name)
    return found


def _longest_first(one: Resolved) -> tuple[int, int, str]:
    name = normalise_name(one.printed.name)
    return one.rank, -len(name), name


def _of_declared(declared: Declared) -> Organisation:
    body = declared.body
    root = declared.key[0]
    return Organisation(declared.org_id, declared.name, body.core, declared.code, root, declared)


def _of_printed(one: Resolved) -> Organisation:
    body = one.body or _nobody()
    code = body.place.code or None
    return Organisation(str(one.org_id), one.printed.name, body.core, code, body.place.root)


def _nobody() -> Body:
    raise AssertionError("a report without a name belongs to a declared agency")


def organisation_rows(found: Mapping[str, Organisation], names: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of `organisations`; `names` has what divisions outside the table are called."""
    parents = _Parents(found)
    for one in found.values():
        lineage = one.lineage
        common = code_in_common_year(lineage) if lineage else None
        declared = one.declared
        yield {
            "org_id": one.org_id,
            "name": one.name,
            "credit_code": declared.credit_code if declared else None,
            "site_code": declared.site_code if declared else None,
            "kind": one.kind,
            "theme": one.theme,
            "level": one.level,
            "division": one.code,
            "division_2020": common,
            **place_names(one.code, lineage.latest.last_year if lineage else None, names),
            "parent_org_id": parents.of(one),
            "valid_from": _latest(
                declared.valid_from if declared else None, lineage.first_year if lineage else None
            ),
            "valid_to": _earliest(
                declared.valid_to if declared else None, lineage.last_year if lineage else None
            ),
            "registered": declared is not None,
        }


def place_names(code: str | None, year: int | None, others: Mapping[str, str]) -> Row:
    """Return the names of province, prefecture and county of a code, in some year or today's."""
    found: Row = dict.fromkeys(("province", "prefecture", "county"))
    if not code:
        return found
    found["province"] = _name_of(f"{code[:2]}0000", year, others)
    if not code.endswith("0000"):
        found["prefecture"] = _name_of(f"{code[:4]}00", year, others)
    if not code.endswith("00"):
        found["county"] = _name_of(code, year, others)
    return found


def _name_of(code: str, year: int | None, others: Mapping[str, str]) -> str | None:
    lineage = lineage_of(code, year)
    if lineage is None:
        return others.get(code)
    division = lineage.in_year(year) if year else lineage.latest
    return (division or lineage.latest).name


def _latest(*years: int | None) -> int | None:
    return max((year for year in years if year), default=None)


def _earliest(*years: int | None) -> int | None:
    return min((year for year in years if year), default=None)


class _Parents:
    """Who is above whom: as a roster says, else the government of the same place or the one above."""

    def __init__(self, found: Mapping[str, Organisation]) -> None:
        self._by_name: dict[str, str] = {}
        self._governments: dict[str, str] = {}
        for one in found.values():
            self._by_name.setdefault(normalise_name(one.name), one.org_id)
            if one.declared and one.declared.credit_code:
                self._by_name[one.declared.credit_code] = one.org_id
            if one.kind == "government" and one.root:
                self._governments.setdefault(one.root, one.org_id)

    def of(self, one: Organisation) -> str | None:
        said = normalise_name(one.declared.parent) if one.declared else ""
        if said:
            return self._by_name.get(said)
        if not one.code:
            return None
        if one.kind != "government":
            return self._governments.get(one.root)
        above = (f"{one.code[:4]}00", f"{one.code[:2]}0000")
        return next(
            (self._governments[_root(code)] for code in above if self._is_other(code, one)), None
        )

    def _is_other(self, code: str, one: Organisation) -> bool:
        return code != one.code and _root(code) in self._governments


def _root(code: str) -> str:
    lineage = lineage_of(code)
    return lineage.root if lineage else code


def name_rows(found: Mapping[str, Organisation]) -> Iterator[Row]:
    """Yield the rows of `organisation_names`."""
    for one in found.values():
        names = dict(one.declared.names) if one.declared else {}
        for name in sorted(one.printed):
            names.setdefault(name, "printed")
        for name, source in names.items():
            yield {
                "org_id": one.org_id,
                "name": name,
                "normalised": normalise_name(name),
                "source": source,
            }


def id_rows(resolved: Sequence[Resolved], memory: Mapping[tuple[str, str], str]) -> Iterator[Row]:
    """Yield the rows of `organisation_ids`: ids given to printed names, now and before."""
    owners: dict[str, str] = {}
    found: dict[tuple[str, str, str], str] = {}
    for one in resolved:
        if one.org_id is None or not one.printed.name:
            continue
        name, near = normalise_name(one.printed.name), one.printed.near
        given = one.former or (one.org_id if one.rank else None)
        if given:
            found[name, near, given] = one.org_id
            owners.setdefault(given, one.org_id)
    # One id is one body for ever: that which bears it still, else the one its names belong to.
    bearers = {one.org_id for one in resolved}
    for (name, near), given in memory.items():
        found.setdefault((name, near, given), owners.get(given, ""))
    for (name, near, given), org_id in sorted(found.items()):
        owner = given if given in bearers else owners.get(given, org_id)
        yield {
            "given_id": given,
            "org_id": owner or None,
            "name": name,
            "site_division": near,
        }
