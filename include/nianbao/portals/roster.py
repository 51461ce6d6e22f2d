"""Rosters: lists of agencies and their sites, as people keep them in CSV files and workbooks."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import yaml

from nianbao.errors import ConfigurationError
from nianbao.model import normalise_name, org_id_for
from nianbao.model.credit_code import is_credit_code

Cells = Sequence[str]
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_DIVISION = re.compile(r"\d{6}")
_DELIMITERS = "\t;,"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One agency of a roster, as far as its line can be used."""

    line: int
    name: str
    url: str
    """Where to begin: the page that the roster names, or the home page of the host."""
    credit_code: str | None = None
    division: str | None = None
    province: str = ""
    doubts: tuple[str, ...] = ()
    """What the line says that can't be right, and is left out."""

    @property
    def host(self) -> str:
        """Host with its port, in lower case."""
        return urlsplit(self.url).netloc.lower()

    @property
    def agency(self) -> dict[str, str]:
        """The agency as a portal record names it; without a code its id comes from its name."""
        facts = {
            "id": f"cn-{self.credit_code}" if self.credit_code else org_id_for(self.name),
            "name": self.name,
            "credit_code": self.credit_code,
            "division": self.division,
        }
        return {name: value for name, value in facts.items() if value}


def table_text(data: bytes) -> str:
    """Return the text of a CSV file in UTF-8, or in the GB18030 that spreadsheets save."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def csv_cells(data: bytes) -> list[list[str]]:
    """Return the cells of a CSV file, parted by commas, semicolons or tabs.

    Raises `ConfigurationError` where it is no such file.
    """
    text = table_text(data)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ConfigurationError(f"roster: {error}") from error


def read_roster(rows: Iterable[Cells]) -> tuple[list[RosterRow], list[str]]:
    """Return the agencies of a roster, and a line for each row that can't be used.

    The headings may stand below a title. Raises `ConfigurationError` where there are none.
    """
    numbered = [(number, list(row)) for number, row in enumerate(rows, 1)]
    for place, (_, row) in enumerate(numbered):
        columns = _columns(row)
        if {"name", "site"} <= columns.keys():
            return _read(numbered[place + 1 :], columns)
    wanted = "; ".join(f"{name}: {' '.join(words)}" for name, words in _headings().items())
    raise ConfigurationError(f"roster: no row with headings for name and site ({wanted})")


def _read(
    rows: Iterable[tuple[int, list[str]]], columns: dict[str, int]
) -> tuple[list[RosterRow], list[str]]:
    found: list[RosterRow] = []
    left_out: list[str] = []
    for line, row in rows:
        values = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        if not any(values.values()):
            continue
        url = _url(values.get("site", ""))
        if url and values.get("name"):
            found.append(_row(line, url, values))
        else:
            missing = "site that can be asked" if values.get("name") else "name"
            left_out.append(f"line {line}: no {missing}: {' '.join(filter(None, row))}")
    return found, left_out


def _row(line: int, url: str, values: dict[str, str]) -> RosterRow:
    code = normalise_name(values.get("credit_code", "")).upper() or None
    division = normalise_name(values.get("division", ""))[:6] or None
    doubts = []
    if code and not is_credit_code(code):
        doubts.append(f"line {line}: credit code {code} fails its check character")
        code = None
    if division and not _DIVISION.fullmatch(division):
        doubts.append(f"line {line}: {division} is no division code")
        division = None
    name, province = normalise_name(values["name"]), values.get("province", "")
    return RosterRow(line, name, url, code, division, province, tuple(doubts))


def _url(site: str) -> str | None:
    """Return the address of a site that may be written as a host; `None` where it is neither."""
    whole = site if _SCHEME.match(site) else f"http://{site}"
    try:
        parts = urlsplit(whole)
        known = parts.scheme.lower() in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    if not known or not re.fullmatch(r"[\w.:-]+", parts.netloc, re.ASCII):
        return None
    return whole if parts.path else f"{whole}/"


def _columns(row: Cells) -> dict[str, int]:
    """Return the places of the known headings in a row, the first of each kind."""
    columns: dict[str, int] = {}
    for place, heading in _known(row):
        columns.setdefault(heading, place)
    return columns


def _known(row: Cells) -> Iterator[tuple[int, str]]:
    for place, text in enumerate(row):
        word = normalise_name(text).lower()
        for heading, words in _headings().items():
            if word in words:
                yield place, heading


@cache
def _headings() -> dict[str, list[str]]:
    text = (files("nianbao.portals") / "roster.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))
