"""CSV that opens in a spreadsheet, runs nothing there, and can be read back as it was."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

import duckdb

from nianbao.export.masking import masked
from nianbao.export.neutral import restored
from nianbao.export.source import Published
from support.export_world import HOSTILE_TEXT, HOSTILE_TITLE


def read(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def of_hostile(exported: Path) -> dict[str, dict[str, str]]:
    [report] = [
        row["report_id"]
        for row in read(exported / "csv" / "reports.csv")
        if row["title"].endswith(HOSTILE_TITLE) and row["report_year"] == "2022"
    ]
    cells = read(exported / "csv" / "report_cells.csv")
    return {row["code"]: row for row in cells if row["report_id"] == report}


def test_a_file_begins_with_the_mark_and_ends_its_lines_with_both_characters(
    exported: Path,
) -> None:
    data = (exported / "csv" / "portals.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfportal_id,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_no_text_begins_as_a_formula(exported: Path) -> None:
    texts = {"title", "text", "quote", "raw", "message", "note", "observed", "expected"}
    for path in sorted((exported / "csv").glob("*.csv")):
        for row in read(path):
            found = [value for name, value in row.items() if name in texts]
            assert not any(value.startswith(tuple("=+-@\t\r")) for value in found)


def test_a_text_comes_back_as_it_was(exported: Path) -> None:
    titles = {restored(row["title"]) for row in read(exported / "csv" / "reports.csv")}
    texts = {restored(row["text"]) for row in read(exported / "csv" / "report_sections.csv")}
    assert HOSTILE_TITLE in titles
    assert masked(HOSTILE_TEXT) in texts


def test_numbers_stay_numbers(exported: Path, source: Published) -> None:
    with duckdb.connect(str(source.path), read_only=True) as con:
        expected = con.execute(
            "SELECT report_id, code, value::DOUBLE FROM report_cells ORDER BY ALL"
        ).fetchall()
    found = sorted(
        (row["report_id"], row["code"], float(row["value"]) if row["value"] else None)
        for row in read(exported / "csv" / "report_cells.csv")
    )
    assert found == expected


def test_a_count_is_printed_without_decimals(exported: Path) -> None:
    assert of_hostile(exported)["applications.received.total"]["value"] == "11"


def test_a_blank_a_dash_and_an_absent_row_have_no_number(exported: Path) -> None:
    cells = of_hostile(exported)
    assert {row["kind"]: row["value"] for row in cells.values() if row["kind"] != "number"} == {
        "blank": "",
        "dash": "",
        "text": "",
        "missing": "",
    }


def test_lists_are_json_and_times_are_utc(exported: Path) -> None:
    rules = read(exported / "csv" / "check_rules.csv")
    assert all(isinstance(json.loads(row["forms"]), list) for row in rules)
    [first, *_] = read(exported / "csv" / "documents.csv")
    assert datetime.fromisoformat(first["first_seen_at"]).utcoffset() is not None
