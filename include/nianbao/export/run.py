"""One export, from the published file to a folder with its description."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from nianbao.errors import ConfigurationError
from nianbao.export.catalog import handed_on, read_catalog
from nianbao.export.csv_files import write_csv
from nianbao.export.declared import load_declared
from nianbao.export.folder import appearing, clear
from nianbao.export.notes import NOTES, facts_of, note
from nianbao.export.package import Written, package
from nianbao.export.panel_files import write_panel
from nianbao.export.parquet import write_parquet
from nianbao.export.selection import Selection, choose, condition
from nianbao.export.source import Published, reading
from nianbao.export.staged import Rows, staged
from nianbao.export.workbook.book import write_workbook

FORMATS = ("parquet", "csv", "panel", "xlsx")
DESCRIPTOR = "datapackage.json"
_EVERYTHING = ("csv", "panel", "parquet")


@dataclass(frozen=True)
class Order:
    """What is to be exported."""

    formats: tuple[str, ...] = _EVERYTHING
    selection: Selection = field(default_factory=Selection)

    def __post_init__(self) -> None:
        """Raise `ConfigurationError` for what cannot be made."""
        unknown = sorted(set(self.formats) - set(FORMATS))
        if unknown or not self.formats:
            raise ConfigurationError(f"no such format: {unknown}; there are {', '.join(FORMATS)}")
        if "xlsx" in self.formats and not self.selection.by_organisation:
            raise ConfigurationError("a workbook is for one --place or one --agency")

    @classmethod
    def of(cls, formats: tuple[str, ...], **selected: Any) -> "Order":
        """Return the order for what was asked for; without formats, all that suit the selection."""
        selection = Selection(**selected)
        usual = (*_EVERYTHING, "xlsx") if selection.by_organisation else _EVERYTHING
        return cls(tuple(sorted(set(formats or usual))), selection)

    @property
    def name(self) -> str:
        """A name for its folder: `all_csv`, `place-370983_xlsx`."""
        formats = "-".join(self.formats)
        return f"{self.selection.name or 'all'}_{formats}"


def export(source: Published, order: Order, target: Path, memory: str = "1GB") -> dict[str, Any]:
    """Write an export to the folder `target`, which appears whole or not at all.

    Returns the folder, whether it is new, and what it holds; the export of a version that is there
    already is not written again. Raises `ConfigurationError` where `target` is something else.
    """
    expected = _identity(source, order)
    if target.exists():
        _require_same(target, expected)
        clear(target.parent)
        return {"path": str(target), "new": False, "version": source.version}
    with appearing(target) as folder:
        spill = folder / ".spill"
        with reading(source, spill, memory) as con:
            written = list(_write(con, source, order, folder))
        if spill.exists():
            spill.rmdir()
        facts = facts_of(source, order.selection)
        descriptor = {**package(source, written, folder, facts), "export": expected}
        text = json.dumps(descriptor, ensure_ascii=False, indent=1)
        (folder / DESCRIPTOR).write_text(text + "\n", "utf-8")
    files = {"files": sum(len(one.paths) for one in written)}
    return {"path": str(target), "new": True, "version": source.version, **files}


def _identity(source: Published, order: Order) -> dict[str, Any]:
    selection = order.selection
    return {
        "version": source.version,
        "formats": sorted(order.formats),
        "years": list(selection.years),
        "place": selection.place,
        "agency": selection.agency,
    }


def _require_same(target: Path, expected: dict[str, Any]) -> None:
    try:
        found = json.loads((target / DESCRIPTOR).read_text("utf-8")).get("export")
    except (OSError, ValueError, AttributeError):
        found = None
    if found != expected:
        raise ConfigurationError(f"{target} exists and is not this export; choose another --out")


def _write(
    con: DuckDBPyConnection, source: Published, order: Order, folder: Path
) -> Iterator[Written]:
    catalog = read_catalog(con)
    choose(con, catalog, order.selection)
    facts = facts_of(source, order.selection)
    for name in NOTES:
        (folder / name).write_text(note(name, facts), "utf-8")
    has_tables = {"parquet", "csv"} & set(order.formats)
    for relation in map(handed_on, catalog.values()) if has_tables else ():
        where = condition(relation, order.selection)
        if where is not None and not load_declared().reason_to_leave(relation.name):
            yield from _tables(con, staged(con, relation, where), order, folder, source)
    of_reports = condition(catalog["reports"], order.selection) or "true"
    if "panel" in order.formats:
        yield from write_panel(con, catalog, of_reports, source, folder / "panel")
    if "xlsx" in order.formats:
        path = folder / f"nianbao-{order.selection.name}.xlsx"
        write_workbook(con, of_reports, path, source, facts)
        yield Written("workbook", "xlsx", (path,), description=facts["selection"])


def _tables(
    con: DuckDBPyConnection, rows: Rows, order: Order, folder: Path, source: Published
) -> Iterator[Written]:
    relation = rows.relation
    if "parquet" in order.formats:
        paths = write_parquet(con, rows, folder / "parquet", source.marks)
        yield Written(relation.name, "parquet", tuple(paths), relation)
    if "csv" in order.formats:
        path = folder / "csv" / f"{relation.name}.csv"
        write_csv(con, rows, path)
        yield Written(relation.name, "csv", (path,), relation)
