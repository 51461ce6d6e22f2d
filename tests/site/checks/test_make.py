"""The expectation reports: complete, linked, safe, the same bytes each time, and fit for any disk."""

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from zipfile import ZipFile

import duckdb
import html5lib
import pytest
from selectolax.lexbor import LexborHTMLParser

from nianbao.errors import ConfigurationError
from nianbao.site.checks.copies import extension
from nianbao.site.checks.drift import Drift, drift_against
from nianbao.site.checks.gate import GateRecord
from nianbao.site.checks.make import WantedReports, make_reports
from nianbao.site.checks.words import own_words
from nianbao.site.folder import packed, replacing
from support.checks_site import DOCUMENTS, HOSTILE, WANTED

LONGEST = 120
"""Characters of a path in the zip that Windows unpacks in any usual folder."""


def read(site: Path, address: str) -> str:
    return (site / address).read_text("utf-8")


def tree(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser(read(site, address))


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def made(file: Path, out: Path, wanted: WantedReports) -> Path:
    with replacing(out) as folder:
        make_reports(file, folder, wanted)
    return out


def agency_with(site: Path, css: str) -> LexborHTMLParser:
    found = (LexborHTMLParser(page.read_text("utf-8")) for page in pages(site / "zh" / "agencies"))
    return next(page for page in found if page.css_first(css))


def test_every_word_is_there_in_both_languages() -> None:
    for group, keys in own_words().items():
        for key, word in keys.items():
            assert set(word) == {"zh", "en"}, f"{group}.{key}"


def test_every_link_leads_to_a_file_and_its_place(checks_site: Path) -> None:
    anchors: dict[Path, set[str]] = {}
    for page in pages(checks_site):
        for node in tree(checks_site, str(page.relative_to(checks_site))).css(
            "[href], script[src]"
        ):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            parts = urlsplit(address)
            if parts.scheme or "hidden" in (node.parent.attributes if node.parent else {}):
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            assert target.is_file(), (page, address)
            if parts.fragment and parts.fragment != "content":
                if target not in anchors:
                    ids = LexborHTMLParser(target.read_text("utf-8")).css("[id]")
                    anchors[target] = {one.attributes["id"] or "" for one in ids}
                assert parts.fragment in anchors[target], (page, address)


def test_the_list_of_findings_leads_to_findings(checks_site: Path) -> None:
    files = sorted((checks_site / "data" / "f").glob("*.js"))
    rows = 0
    for file in files:
        _, _, data = file.read_text("utf-8").removesuffix(");\n").partition(",")
        found = json.loads(data)
        for report, *_, anchor in found["rows"]:
            name = found["agencies"][found["reports"][report][0]][1]
            assert f'id="{anchor}"' in read(checks_site, f"en/agencies/{name[-2:]}/{name}.html")
            rows += 1
    index = json.loads(read(checks_site, "data/findings.js").partition("=")[2].removesuffix(";\n"))
    assert rows == sum(file["n"] for file in index["files"]) > 0


def test_the_pages_count_what_the_warehouse_holds(checks_site: Path, checked_file: Path) -> None:
    with duckdb.connect(str(checked_file), read_only=True) as con:
        counted = con.execute(
            "SELECT severity, count(*) FROM check_results JOIN reports USING (report_id) GROUP BY 1"
        ).fetchall()
    lines = tree(checks_site, "en/index.html").css("#severities tbody tr")
    names = {"Error": "error", "Warning": "warning", "Note": "info"}
    shown = {
        names[line.css_first("th").text()]: int(line.css_first("td").attributes["data-v"] or 0)
        for line in lines
    }
    assert shown == dict(counted)
    rows = tree(checks_site, "en/index.html").css("#rules tbody tr")
    assert sum(int(row.css("td")[1].attributes["data-v"] or 0) for row in rows) == sum(
        shown.values()
    )
    parts = tree(checks_site, "en/index.html").css("#places tbody tr")
    assert sum(int(row.css("td")[3].attributes["data-v"] or 0) for row in parts) == shown["error"]


def test_a_place_leads_to_its_findings_alone(checks_site: Path) -> None:
    link = tree(checks_site, "zh/places/330100.html").css_first("#rules tbody a")
    filters = parse_qs(urlsplit(link.attributes["href"] or "").query)
    assert filters["place"] == ["330100"]
    assert tree(checks_site, "zh/places/none.html").css("#bodies tbody tr")


def test_a_finding_has_all_that_settles_it(checks_site: Path) -> None:
    page = agency_with(checks_site, ".checks li.error .compare")
    one = page.css_first(".checks li.error")
    text = one.text()
    assert re.match(r"\s*错误\s+(待核|已退回)\s+《表三》“（七）总计”·总计：填报 3，应为 5", text)
    assert [value.text() for value in one.css(".compare dd")][:2] == ["3", "5"]
    for told in (
        "责任判断",
        "处理建议",
        "请核对原始台账后更正。",
        "依据",
        "国办公开办函",
    ):
        assert told in text
    assert HOSTILE in one.css_first("q").text()
    report = one.parent.parent
    assert "只改一格" in report.css_first(".hints").text()
    assert "无法核验" in report.css_first(".counts").text()


def test_verdicts_are_shown(checks_site: Path) -> None:
    cells = tree(checks_site, "en/index.html").css_first("#severities tbody tr").css("td")
    assert [int(cell.attributes["data-v"] or 0) > 0 for cell in cells[6:8]] == [True, True]
    assert agency_with(checks_site, ".checks .s-returned")


def test_what_was_decided_stands_with_old_and_new_numbers(checks_site: Path) -> None:
    steps = agency_with(checks_site, "#decisions").css("#decisions li")
    texts = [" ".join(step.text().split()) for step in steps]
    assert texts[0].startswith("已更正 2026-02-03 16:30 2019 · ")
    assert texts[0].endswith("总计 3 → 5")
    assert "依新版报告自动" in texts[0]
    assert texts[-1].startswith("已退回 2026-02-02 16:30")
    assert "责任单位：办公室 · 期限：2026-03-01" in texts[-1]


def test_without_verdicts_everything_that_asks_for_one_is_open(
    small_file: Path, tmp_path: Path
) -> None:
    site = made(small_file, tmp_path / "site", WantedReports("version"))
    texts = [page.read_text("utf-8") for page in pages(site / "en" / "agencies")]
    states = {
        node.text() for text in texts for node in LexborHTMLParser(text).css(".checks .state")
    }
    assert states == {"Open"}
    assert "verdict_history" in read(site, "en/notes.html")


def test_people_are_masked_everywhere(checks_site: Path) -> None:
    texts = [path for path in checks_site.rglob("*") if path.suffix in (".html", ".js")]
    assert not [path for path in texts if "13800138000" in path.read_text("utf-8")]
    assert "138****8000" in "".join(
        path.read_text("utf-8") for path in checks_site.glob("data/f/*.js")
    )


def test_hostile_values_stay_text_and_no_path_of_a_machine_is_told(checks_site: Path) -> None:
    for page in pages(checks_site):
        found = LexborHTMLParser(page.read_text("utf-8"))
        assert not found.css("img, script:not([src])")
        hrefs = [node.attributes.get("href") or "" for node in found.css("[href]")]
        assert not [href for href in hrefs if urlsplit(href).scheme == "javascript"]
        assert "/srv/inbox" not in page.read_text("utf-8")
    assert "2020.docx" in read(checks_site, "zh/agencies/on/11330100education.html")


def test_an_archived_page_is_kept_as_text_and_shown_with_everything_off(checks_site: Path) -> None:
    copy = tree(checks_site, "zh/agencies/ce/11330100commerce.html").css_first("a.copy")
    shown = (checks_site / "zh/agencies/ce" / (copy.attributes["href"] or "")).resolve()
    frame = LexborHTMLParser(shown.read_text("utf-8")).css_first("iframe")
    assert frame.attributes["sandbox"] == ""
    assert "《表三》总计 3" in (frame.attributes["srcdoc"] or "")
    assert "default-src 'none'" in shown.read_text("utf-8")
    assert b"alert('archived')" in shown.with_suffix(".txt").read_bytes()
    names = {path.suffix for path in (checks_site / "archive").rglob("*") if path.is_file()}
    assert names == {".html", ".txt"}


@pytest.mark.parametrize(
    ("kind", "data", "ending"),
    [
        ("html", b"<svg onload=alert(1)>", "txt"),
        ("mhtml", b"MIME-Version: 1.0", "txt"),
        ("word_xml", b"<?xml?>", "txt"),
        ("pdf", b"%PDF", "pdf"),
        ("image", b"\xff\xd8\xff", "jpg"),
        ("image", b"BM", "bin"),
        ("", b"<html>", "bin"),
    ],
)
def test_no_copy_has_a_name_that_runs_it(kind: str, data: bytes, ending: str) -> None:
    assert extension(kind, data) == ending


def test_where_there_are_too_many_copies_they_are_served(small_file: Path, tmp_path: Path) -> None:
    site = made(small_file, tmp_path / "site", WantedReports("version", served=True))
    copy = agency_with(site, "a.copy").css_first("a.copy")
    assert re.fullmatch(r"(\.\./)+archive/[0-9a-f]{2}/[0-9a-f]{64}", copy.attributes["href"] or "")
    assert not (site / "archive").exists()


def test_the_gate_is_told_in_words(checks_site: Path, small_file: Path, tmp_path: Path) -> None:
    assert (
        "通过：3 条规则全部运行，21 项"
        in tree(checks_site, "zh/index.html").css_first(".gate").text()
    )
    failed = GateRecord(passed=False, rules=2, integrity=21, problems=["cells_lost: 3 rows"])
    site = made(small_file, tmp_path / "site", WantedReports("v", gate=failed))
    gate = tree(site, "zh/index.html").css_first(".gate.bad").text()
    assert "不予发布" in gate
    assert "cells_lost: 3 rows" in gate


def test_drift_counts_what_appeared_and_what_is_gone(
    checked_file: Path, small_file: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.duckdb"
    old.write_bytes(checked_file.read_bytes())
    with duckdb.connect(str(old)) as con:
        con.execute("DELETE FROM check_results WHERE rule_id = 'carry_over_total'")
        con.execute("UPDATE check_rules SET rule_version = 0 WHERE rule_id = 'all_zero'")
        con.execute(
            "UPDATE check_results SET subject = 'other' WHERE rowid = "
            "(SELECT min(rowid) FROM check_results WHERE rule_id = 'applications_results_sum')"
        )
    drift = drift_against("before", old, checked_file, tmp_path / "scratch")
    found = {
        row["rule_id"]: (row["appeared"], row["gone"], row["rule_change"]) for row in drift.rows
    }
    assert found["applications_results_sum"] == (1, 1, None)
    assert found["carry_over_total"][0] > 0
    assert found["all_zero"] == (0, 0, "changed")
    site = made(small_file, tmp_path / "site", WantedReports("v", drift=drift))
    assert len(tree(site, "zh/index.html").css("#drift tbody tr")) == 3


def test_a_version_that_cannot_be_compared_is_said_so(checked_file: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    duckdb.connect(str(old)).close()
    drift = drift_against("before", old, checked_file, tmp_path / "scratch")
    assert (drift.rows, bool(drift.problem)) == ((), True)
    assert drift_against("", None, checked_file, tmp_path) == Drift("")


@pytest.mark.parametrize(
    "kind",
    ["index", "findings", "rules", "places", "search", "notes", "rules/*", "places/*", "agencies/*/*"],
)  # fmt: skip
def test_pages_are_valid_html(checks_site: Path, kind: str) -> None:
    for language in ("zh", "en"):
        found = sorted((checks_site / language).glob(f"{kind}.html"))
        assert found
        for page in found[:3]:
            parser = html5lib.HTMLParser()
            parser.parse(page.read_text("utf-8"))
            assert parser.errors == []


def test_both_languages_have_the_same_pages(checks_site: Path) -> None:
    trees = [
        {path.relative_to(checks_site / one).as_posix() for path in (checks_site / one).rglob("*")}
        for one in ("zh", "en")
    ]
    assert trees[0] == trees[1]


def test_the_same_version_gives_the_same_bytes(
    checked_file: Path, checks_site: Path, tmp_path: Path
) -> None:
    site = made(checked_file, tmp_path / "site", replace(WANTED, documents=DOCUMENTS))
    first = packed(site, "expectation_reports").read_bytes()
    assert first == packed(checks_site, "expectation_reports").read_bytes()


def test_names_in_the_zip_are_short_and_plain(checks_site: Path) -> None:
    with ZipFile(packed(checks_site, "expectation_reports")) as archive:
        names = archive.namelist()
    assert "expectation_reports/index.html" in names
    for name in names:
        assert name.isascii()
        assert len(name) <= LONGEST
        assert not re.search(r'[<>:"|?*\\ ]', name)


def test_the_reports_of_a_place_hold_what_lies_in_it(checked_file: Path, tmp_path: Path) -> None:
    site = made(checked_file, tmp_path / "site", WantedReports("version", "330000"))
    names = {page.stem for page in (site / "zh" / "agencies").rglob("*.html")}
    assert {name[2:4] for name in names} == {"33"}
    assert "北京市" not in read(site, "zh/index.html") + read(site, "data/findings.js")
    with pytest.raises(ConfigurationError, match="999999"):
        made(checked_file, tmp_path / "none", WantedReports("version", "999999"))
