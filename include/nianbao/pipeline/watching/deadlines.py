"""The day after a deadline: who has published late, who has not, and of whom nobody can tell."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import yaml
from xlsxwriter import Workbook

from nianbao.errors import NotYetError
from nianbao.export.neutral import neutralised
from nianbao.export.workbook.sheets import Sheet, styles_of
from nianbao.settings import Settings
from nianbao.warehouse.versions import WAREHOUSE_FILE, current_version

CHINA = ZoneInfo("Asia/Shanghai")
Row = dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """How bodies stand by one deadline."""

    deadline: date
    as_of: date
    """Chinese day of the newest request that the warehouse knows."""
    version: str
    rows: tuple[Row, ...]

    @property
    def report_year(self) -> int:
        """The year that the reports are on."""
        return self.deadline.year - 1

    def of(self, *states: str) -> list[Row]:
        """Return the rows in some states."""
        return [row for row in self.rows if row["status"] in states]

    @property
    def waiting(self) -> int:
        """Rows that wait for a harvest after the deadline to end; with any, the list is preliminary."""
        reasons = _declared()["waiting"]
        return sum(row["reason"] in reasons for row in self.of("not_seen"))

    def summary(self) -> dict[str, Any]:
        """Return what an alarm is made of: `absent` alone raises one."""
        return {
            "year": self.report_year,
            "deadline": self.deadline.isoformat(),
            "as_of": self.as_of.isoformat(),
            "version": self.version,
            "absent": [_told(row) for row in self.of("absent")],
            "late": [_told(row) for row in self.of("late")],
            "unreadable": len(self.of("not_seen")),
            "preliminary": self.waiting,
        }


def deadline_before(day: date) -> date:
    """Return the last statutory deadline that is over on a day."""
    known = (
        date(year, month, of_month)
        for year in (day.year - 1, day.year)
        for month, of_month in _declared()["statutory"]
    )
    return max(deadline for deadline in known if deadline < day)


def standing_at(settings: Settings, day: date | None = None) -> Standing:
    """Return how bodies stand by the last deadline before a day, today in China by default.

    Raises `NotYetError` where nothing is published, or the published version knows of no request made
    after the deadline: it would call nobody absent, and that would look as if all had published.
    """
    deadline = deadline_before(day or datetime.now(CHINA).date())
    version = current_version(settings.warehouse_root)
    if version is None:
        raise NotYetError(f"nothing is published in {settings.warehouse_root} yet")
    path = settings.warehouse_root / "versions" / version.id / WAREHOUSE_FILE
    with duckdb.connect(path, read_only=True) as con:
        [as_of] = con.execute("SELECT max(as_of) FROM coverage").fetchone() or [None]
        if as_of is None or as_of <= deadline:
            raise NotYetError(
                f"version {version.id} knows of no request made after the deadline of {deadline}"
                f" (its newest is of {as_of}): run a harvest, and then this again"
            )
        query = (files("nianbao.pipeline.watching") / "deadlines.sql").read_text("utf-8")
        result = con.execute(query, {"year": deadline.year - 1, "deadline": deadline})
        names = [column[0] for column in result.description or ()]
        rows = tuple(_row(dict(zip(names, row, strict=True))) for row in result.fetchall())
    return Standing(deadline, as_of, version.id, rows)


def write_lists(standing: Standing, folder: Path) -> list[Path]:
    """Write the list as CSV and as a workbook; the same standing gives the same bytes.

    A preliminary list says so in its name and in each row.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"{standing.report_year}-{standing.deadline:%m%d}-as-of-{standing.as_of}"
    stem += "-preliminary" if standing.waiting else ""
    table, book = folder / f"{stem}.csv", folder / f"{stem}.xlsx"
    _replace(table, lambda path: _write_csv(standing, path))
    _replace(book, lambda path: _write_workbook(standing, path))
    return [table, book]


def lists_folder(settings: Settings) -> Path:
    """Return the folder of the lists."""
    return settings.home / "deadlines"


def _row(facts: dict[str, Any]) -> Row:
    declared = _declared()
    facts["state"] = declared["states"][facts["status"]]
    facts["scope"] = declared["scopes"].get(facts["scope"], facts["scope"])
    if facts["status"] != "late":
        facts["days_late"] = None
    return facts


def _told(row: Row) -> str:
    place = "".join(dict.fromkeys(row[name] or "" for name in ("province", "prefecture", "county")))
    days = f"，迟 {row['days_late']} 天" if row["days_late"] is not None else ""
    return f"{row['organisation']}（{place or '—'}，{row['scope']}）{days}"


def _write_csv(standing: Standing, path: Path) -> None:
    columns, mark = _declared()["columns"], _mark(standing)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"{column['zh']} {column['en']}" for column in columns])
        for row in standing.rows:
            writer.writerow([_shown((row | mark)[column["name"]]) for column in columns])


def _mark(standing: Standing) -> dict[str, str]:
    return {"list": _declared()["lists"]["preliminary" if standing.waiting else "whole"]}


def _shown(value: Any) -> Any:
    return neutralised(value) if isinstance(value, str) else value


def _write_workbook(standing: Standing, path: Path) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), {**options, "tmpdir": str(path.parent)}) as book:
        # A time of our own makes two files of one standing equal.
        created = datetime.combine(standing.as_of, datetime.min.time())
        book.set_properties({"created": created})
        styles, mark = styles_of(book), _mark(standing)
        for declared in _declared()["sheets"]:
            sheet = Sheet(book.add_worksheet(declared["name"]), styles)
            _fill(sheet, [row | mark for row in standing.of(*declared["states"])])


def _fill(sheet: Sheet, rows: Sequence[Row]) -> None:
    columns = _declared()["columns"]
    sheet.widths([column["width"] for column in columns])
    sheet.sheet.freeze_panes(2, 1)
    sheet.write([column["zh"] for column in columns], sheet.styles.head)
    sheet.write([column["en"] for column in columns], sheet.styles.head)
    for row in rows:
        sheet.write([row[column["name"]] for column in columns])


def _replace(path: Path, write: Callable[[Path], None]) -> None:
    beside = path.with_name(f".{path.name}.new")
    write(beside)
    beside.replace(path)


@cache
def _declared() -> dict[str, Any]:
    text = (files("nianbao.pipeline.watching") / "deadlines.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))
