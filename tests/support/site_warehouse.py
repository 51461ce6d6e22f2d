"""A synthetic warehouse with what the site reads, of any size, made in seconds."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa

from nianbao.divisions import load_divisions
from nianbao.forms import load_forms
from nianbao.site.warehouse import relations
from nianbao.warehouse.dictionary import dictionary_rows
from nianbao.warehouse.series.rows import series_rows

SQL = Path(__file__).with_name("site_warehouse.sql")
PROVINCES = ("33", "41", "37", "11", "65")
DEPARTMENTS = {
    "公安局": "police",
    "教育局": "education",
    "财政局": "finance",
    "商务局": "commerce",
    "民政局": "civil_affairs",
    "统计局": "statistics",
}


def write_site_warehouse(path: Path, bodies: int, first_year: int = 2016, years: int = 8) -> Path:
    """Write a file with so many bodies and report years."""
    with duckdb.connect(str(path)) as con:
        for name, relation in relations().items():
            columns = ", ".join(f'"{key}" {kind}' for key, kind in relation["columns"].items())
            con.execute(f"CREATE TABLE {name} ({columns})")
        _insert(con, "bodies", list(islice(_bodies(), bodies)))
        dictionary = [row for form in load_forms().values() for row in dictionary_rows(form)]
        for name, rows in {"cell_dictionary": dictionary, **series_rows()}.items():
            if name in relations():
                _insert(con, "rows_of", rows)
                known = [
                    column
                    for column in _complete(rows)[0]
                    if column in relations()[name]["columns"]
                ]
                con.execute(f"INSERT INTO {name} BY NAME SELECT {', '.join(known)} FROM rows_of")
        con.execute(
            f"CREATE TEMP TABLE years AS SELECT range::SMALLINT AS report_year "
            f"FROM range({first_year}, {first_year + years})"
        )
        con.execute(SQL.read_text("utf-8"))
    return path


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]]) -> None:
    con.register("rows", pa.Table.from_pylist(_complete(rows)))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM rows")
    con.unregister("rows")


def _bodies() -> Iterator[dict[str, object]]:
    """Yield bodies county by county, in turn over the provinces so that few make several places."""
    codes = [sorted(code for code in load_divisions() if code[:2] == p) for p in PROVINCES]
    for turn in range(max(map(len, codes))):
        for province in codes:
            if turn < len(province):
                yield from _bodies_of(province[turn])


def _bodies_of(code: str) -> Iterator[dict[str, object]]:
    name = load_divisions()[code][-1].name
    level = "province" if code.endswith("0000") else "prefecture" if code[4:] == "00" else "county"
    yield _body(f"{name}人民政府", f"11{code}000000001K", code, level, "government", None)
    for title, theme in DEPARTMENTS.items():
        yield _body(f"{name}{title}", f"11{code}{theme}", code, level, "department", theme)
    if level == "county":
        for number, kind in enumerate(("township", "township", "subdistrict")):
            title = (
                f"{name}{'东西南'[number]}{'街道办事处' if kind == 'subdistrict' else '镇人民政府'}"
            )
            yield _body(title, f"11{code}town{number}", code, "town", kind, None)


def _body(
    name: str, org_id: str, code: str, level: str, kind: str, theme: str | None
) -> dict[str, object]:
    return {
        "org_id": org_id.lower().replace("_", "-"),
        "name": name,
        "kind": kind,
        "theme": theme,
        "level": level,
        "division": code,
        "registered": True,
        "credit_code": org_id.upper()[:18],
        "province": _name(code[:2] + "0000"),
        "prefecture": _name(code[:4] + "00") if code[2:4] != "00" else None,
        "county": _name(code) if code[4:] != "00" else None,
    }


def _name(code: str) -> str | None:
    known = load_divisions().get(code)
    return known[-1].name if known else None


def _complete(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    keys = dict.fromkeys(key for row in rows for key in row)
    return [{key: row.get(key) for key in keys} for row in rows]
