"""Rosters read: rows of cells to entries, with everything that is wrong said per line."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from nianbao.divisions import lineage_of
from nianbao.errors import ConfigurationError
from nianbao.model import RosterEntry, normalise_name
from nianbao.model.credit_code import check_character, is_credit_code
from nianbao.warehouse.organisations.classify import themes
from nianbao.warehouse.organisations.naming import body_of

_SITE_CODE = re.compile(r"\d{10}|bm\d{8}", re.IGNORECASE)
_LONG = 18
COLUMNS = (
    *("name", "credit_code", "site_code", "division", "kind", "theme", "parent"),
    *("obliged_from", "obliged_to", "portal", "aliases", "successor", "scope", "org_id", "source"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one line of a roster."""

    line: int
    severity: Literal["error", "warning"]
    message: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster says, and what is wrong with it."""

    entries: tuple[RosterEntry, ...]
    """The lines without an error."""
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep a line out."""
        return tuple(one for one in self.problems if one.severity == "error")


def read_roster(
    rows: Sequence[Sequence[str]], name: str, portals: Collection[str] | None = None
) -> Roster:
    """Return the entries of a roster; its headings may stand below a title.

    `name` is the file's, for the entries' source; `portals` are the ids that there are, `None` leaves
    them unchecked. Raises `ConfigurationError` where no row has a heading for the name.
    """
    for place, row in enumerate(rows):
        columns = _columns(row)
        if "name" in columns:
            return _read(list(enumerate(rows, 1))[place + 1 :], columns, name, portals)
    known = "; ".join(f"{key}: {' '.join(words)}" for key, words in _words()["headings"].items())
    raise ConfigurationError(f"{name}: no row with a heading for the name ({known})")


def _read(
    rows: Sequence[tuple[int, Sequence[str]]],
    columns: Mapping[str, int],
    name: str,
    portals: Collection[str] | None,
) -> Roster:
    entries: list[tuple[int, RosterEntry]] = []
    problems: list[Problem] = []
    for line, row in rows:
        values = {key: row[at].strip() for key, at in columns.items() if at < len(row)}
        if not any(values.values()):
            continue
        found = [Problem(line, "error", message) for message in _errors(values, portals)]
        problems += found
        if not found:
            source = values.get("source") or f"{name}:{line}"
            entries.append((line, _entry(values, source)))
    problems += [*_duplicates(entries), *_doubts(entries)]
    twice = {one.line for one in problems if one.severity == "error"}
    kept = tuple(entry for line, entry in entries if line not in twice)
    return Roster(kept, tuple(sorted(problems, key=lambda one: (one.line, one.message))))


def _errors(values: Mapping[str, str], portals: Collection[str] | None) -> Iterator[str]:
    if not values.get("name"):
        yield "no name"
    if any("�" in text for text in values.values()):
        yield "characters that are neither UTF-8 nor GBK"
    yield from _code_errors(values)
    for key, words in (("kind", _words()["kinds"]), ("scope", _words()["scopes"])):
        if values.get(key) and not _meant(values[key], words):
            yield f"{key} {values[key]} is none of {', '.join(words)}"
    if values.get("theme") and values["theme"] not in {theme.code for theme in themes()}:
        yield f"there is no theme {values['theme']}"
    if portals is not None and values.get("portal") and values["portal"] not in portals:
        yield f"there is no portal {values['portal']}"
    years = [_year(values.get(key, "")) for key in ("obliged_from", "obliged_to")]
    for key, year in zip(("obliged_from", "obliged_to"), years, strict=True):
        if values.get(key) and year is None:
            yield f"{key} {values[key]} is no year"
    if years[0] and years[1] and years[0] > years[1]:
        yield f"obliged from {years[0]} comes after obliged to {years[1]}"


def _code_errors(values: Mapping[str, str]) -> Iterator[str]:
    code = _code(values.get("credit_code", ""))
    if code and not is_credit_code(code):
        yield f"credit code {code}: {_code_fault(code)}"
    site = normalise_name(values.get("site_code", ""))
    if site and not _SITE_CODE.fullmatch(site):
        yield f"site code {site} is not ten characters (a division's six digits and four, or bm…)"
    division = normalise_name(values.get("division", ""))
    if division and (len(division) not in {6, 9, 12} or lineage_of(division[:6]) is None):
        yield f"no administrative division has the code {division}"


def _code_fault(code: str) -> str:
    if len(code) != _LONG:
        return f"{len(code)} characters where there should be {_LONG}"
    try:
        return f"its last character should be {check_character(code[:-1])} (GB 32100-2015)"
    except ValueError:
        return "a character that no credit code has (there is no I, O, S, V, Z)"


def _entry(values: Mapping[str, str], source: str) -> RosterEntry:
    aliases = re.split(_words()["separators"], values.get("aliases", ""))
    return RosterEntry(
        name=normalise_name(values["name"]),
        source=source,
        org_id=values.get("org_id") or None,
        credit_code=_code(values.get("credit_code", "")) or None,
        site_code=normalise_name(values.get("site_code", "")) or None,
        division=normalise_name(values.get("division", ""))[:6] or None,
        kind=_meant(values.get("kind", ""), _words()["kinds"]),
        theme=values.get("theme") or None,
        parent=normalise_name(values.get("parent", "")),
        obliged_from=_year(values.get("obliged_from", "")),
        obliged_to=_year(values.get("obliged_to", "")),
        portal=values.get("portal", ""),
        aliases=tuple(normalise_name(alias) for alias in aliases if alias.strip()),
        successor=normalise_name(values.get("successor", "")),
        scope=_meant(values.get("scope", ""), _words()["scopes"]),  # type: ignore[arg-type]
    )


def _duplicates(entries: Sequence[tuple[int, RosterEntry]]) -> Iterator[Problem]:
    """Yield an error for each line that names a body again, unless for other years."""
    first: dict[tuple[str, str], tuple[int, RosterEntry]] = {}
    for line, entry in entries:
        names = {entry.name + (entry.division or ""): "name"}
        codes = {entry.credit_code: "credit code"} if entry.credit_code else {}
        for key, what in {**names, **codes}.items():
            before = first.setdefault((what, key), (line, entry))
            if before[0] != line and not _apart(before[1], entry):
                message = f"the {what} of line {before[0]} again: {entry.name}"
                yield Problem(line, "error", message)


def _apart(one: RosterEntry, other: RosterEntry) -> bool:
    """Tell whether two entries speak of different years."""
    earlier, later = sorted((one, other), key=lambda entry: entry.obliged_from or 0)
    ends, begins = earlier.obliged_to, later.obliged_from
    return ends is not None and begins is not None and ends < begins


def _doubts(entries: Sequence[tuple[int, RosterEntry]]) -> Iterator[Problem]:
    names = {normalise_name(entry.name) for _, entry in entries}
    codes = {entry.credit_code for _, entry in entries}
    for line, entry in entries:
        for message in (_place_doubt(entry), _year_doubt(entry)):
            if message:
                yield Problem(line, "warning", message)
        if entry.parent and entry.parent not in names and entry.parent not in codes:
            yield Problem(line, "warning", f"the parent {entry.parent} is not in this roster")


def _place_doubt(entry: RosterEntry) -> str:
    place = body_of(entry.name).place
    if entry.division is None or place.source != "name" or place.lineage is None:
        return ""
    lineage = lineage_of(entry.division)
    return (
        ""
        if lineage in {None, place.lineage}
        else f"the name says {place.code}, the division {entry.division}"
    )


def _year_doubt(entry: RosterEntry) -> str:
    lineage = lineage_of(entry.division) if entry.division else None
    last = lineage.last_year if lineage else None
    if last is None or (entry.obliged_to is not None and entry.obliged_to <= last):
        return ""
    return f"the division {entry.division} was there until {last}; nothing is due after it"


def _code(text: str) -> str:
    return normalise_name(text).upper()


def _year(text: str) -> int | None:
    found = re.match(_words()["year"], normalise_name(text).removesuffix(".0"))
    return int(found[1]) if found else None


def _meant(text: str, words: Mapping[str, Sequence[str]]) -> str | None:
    plain = normalise_name(text).lower()
    return next((key for key, known in words.items() if plain in known), None)


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(row):
        plain = normalise_name(text).lower()
        for key, words in _words()["headings"].items():
            if plain in {normalise_name(word) for word in words}:
                found.setdefault(key, place)
    return found


@cache
def _words() -> dict[str, Any]:
    text = (files("nianbao.warehouse.organisations") / "roster.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))
