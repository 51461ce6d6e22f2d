"""The gate, over a real staging file with the real Great Expectations."""

import os
import re
import shutil
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from nianbao.errors import GateError
from nianbao.quality.expectations.gate import GateResult, evaluate, run_gate

RULE_IDS = {"T3-1", "Z-1", "N-6", "T4"}


class TestPassing:
    def test_failed_checks_of_reports_do_not_block(self, result: GateResult) -> None:
        assert result.passed
        assert result.failing_rules == {"T3-1": 250, "N-6": 3}
        assert result.blocking_failures == {}

    def test_every_rule_was_evaluated(self, result: GateResult) -> None:
        assert set(result.evaluated_rule_ids) == RULE_IDS

    def test_the_environment_is_left_as_it_was(self, result: GateResult) -> None:
        assert not [name for name in os.environ if name.startswith("NIANBAO_GX_")]

    def test_the_pages_are_an_index_and_two_for_each_suite(
        self, result: GateResult, docs: Path
    ) -> None:
        assert result.docs_index == docs / "index.html"
        files = [path for path in docs.rglob("*") if path.is_file()]
        assert [path.suffix for path in files] == [".html"] * 5

    def test_the_record_is_kept_beside_the_pages(self, docs: Path) -> None:
        records = docs.with_name("datadocs_results")
        assert len(list(records.rglob("*.json"))) == 2


class TestPages:
    def test_a_failing_rule_shows_its_rows_and_how_many_there_are(self, docs: Path) -> None:
        page = results_page(docs)
        assert "各栏之和应等于总计" in page
        assert "Columns add up to the total" in page
        assert "250 failing, showing 200 of 250" in page
        assert page.count(">某市司法局</td>") == 200
        assert "（一）予以公开<br><code>applications.granted</code>" in page

    def test_a_source_is_a_link_that_leads_where_it_says(self, docs: Path) -> None:
        hrefs = set(links(results_page(docs)))
        assert "https://www.example.gov.cn/art/1.html?year=2023&amp=$text" in hrefs

    def test_no_link_runs_anything(self, docs: Path) -> None:
        hrefs = [href for href in links(results_page(docs)) if not href.startswith("#")]
        assert {href.split(":")[0] for href in hrefs if ":" in href} == {"https", "data"}
        assert [href for href in hrefs if href.startswith("data:")] == ["data:,"]

    def test_hostile_values_stay_text(self, docs: Path) -> None:
        parsed = parse(results_page(docs))
        assert re.findall("<script[^>]*>", results_page(docs)) == [
            '<script src="../../assets/tables.js">'
        ]
        assert not {"img", "b", "i"} & set(parsed.tags)
        assert not [name for name, _ in parsed.attributes if name.startswith("on")]
        assert "<script>alert('name')</script>" in parsed.text
        assert "javascript:alert('scheme')" in parsed.text

    def test_the_index_names_the_suites_and_what_fails(self, docs: Path) -> None:
        index = (docs / "index.html").read_text("utf-8")
        assert "数值（2021 年表样）" in index
        assert "数据仓库完整性" in index
        assert "v 七" in index
        assert "正文与表格不一致 a &lt; b &amp; c" in results_page(docs)

    def test_the_suites_of_checks_do_not_claim_to_hold_a_build_back(self, docs: Path) -> None:
        assert "不予发布" not in results_page(docs)

    def test_links_between_pages_lead_to_pages_and_the_others_up(self, docs: Path) -> None:
        up = set()
        for page in docs.rglob("*.html"):
            local = [href for href in links(page.read_text("utf-8")) if ":" not in href]
            for href in local:
                target = (page.parent / (unquote(href.split("#")[0]) or page.name)).resolve()
                if target.is_relative_to(docs):
                    assert target.is_file(), href
                else:
                    up.add(target.relative_to(docs.parent).as_posix())
        assert {"zh/index.html", "en/index.html", "zh/rules/T3-1.html"} <= up

    def test_a_page_has_the_name_of_its_suite(self, docs: Path) -> None:
        names = {page.name for page in docs.rglob("*.html")}
        assert names == {"index.html", "values_2021.html", "warehouse_integrity.html"}

    def test_nothing_is_asked_of_the_network(self, docs: Path) -> None:
        for page in docs.rglob("*.html"):
            found = external_references(page.read_text("utf-8"))
            assert {name.rpartition("/")[2] for name in found} == {
                "site.css", "checks.css", "tables.js"
            }  # fmt: skip
            assert all(name.lstrip("./").startswith("assets/") for name in found)


class TestBlocking:
    def test_a_broken_warehouse_is_not_published_but_its_pages_are(
        self, make_staging: Callable[..., Path], gx_folder: Path, tmp_path: Path
    ) -> None:
        staging = make_staging(
            "INSERT INTO report_versions SELECT * FROM report_versions WHERE report_id = 'r0'",
            "DELETE FROM evaluated_rules WHERE rule_id = 'T4'",
            "DELETE FROM report_versions WHERE report_id = 'r1'",
            "DROP TABLE quarantine",
        )
        docs = tmp_path / "docs"
        with pytest.raises(GateError, match="rules not evaluated: T4") as caught:
            run_gate(gx_folder, staging, docs, RULE_IDS)
        message = str(caught.value)
        assert "report_listed_twice: 1 rows" in message
        assert "cell_without_version: 1 rows" in message
        assert "rule_not_evaluated: 1 rows" in message
        assert "document_unaccounted_for: " in message  # its SQL cannot run without the table
        assert "不予发布" in (docs / "index.html").read_text("utf-8")

    def test_a_rule_without_a_file_is_noticed_and_old_results_go(
        self,
        make_staging: Callable[..., Path],
        gx_folder: Path,
        tmp_path: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        docs = tmp_path / "docs"
        (docs / "validations").mkdir(parents=True)
        (docs / "validations" / "old.html").touch()
        result = evaluate(gx_folder, make_staging(), docs, RULE_IDS - {"Z-1"} | {"NEW"})
        assert not result.passed
        assert result.problems == (
            "rules not evaluated: NEW",
            "rules evaluated that have no file: Z-1",
        )
        assert not list(docs.rglob("old.html"))
        assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "docs_results"]
        assert capfd.readouterr() == ("", "")

    def test_a_configuration_without_checkpoints_is_refused(
        self, make_staging: Callable[..., Path], gx_folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "gx").mkdir()
        shutil.copy(gx_folder / "great_expectations.yml", tmp_path / "gx")
        with pytest.raises(GateError, match="Great Expectations could not run"):
            run_gate(tmp_path / "gx", make_staging(), tmp_path / "docs", RULE_IDS)

    def test_a_file_that_is_no_staging_warehouse_is_refused(
        self, gx_folder: Path, tmp_path: Path
    ) -> None:
        with pytest.raises(GateError, match="no staging warehouse"):
            run_gate(gx_folder, tmp_path / "none.duckdb", tmp_path / "docs", RULE_IDS)


def results_page(docs: Path) -> str:
    return (docs / "validations" / "values_2021.html").read_text("utf-8")


class Parsed(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.styles = ""
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "style":
            self.styles += data
        else:
            self.text += data


def parse(page: str) -> Parsed:
    parsed = Parsed()
    parsed.feed(page)
    return parsed


def links(page: str) -> list[str]:
    return [value for name, value in parse(page).attributes if name == "href"]


def external_references(page: str) -> list[str]:
    """Return every address that a browser would ask for by itself."""
    parsed = parse(page)
    loaded = [value for name, value in parsed.attributes if name in ("src", "srcset", "data")]
    urls = re.findall(r"url\(\s*[\"']?([^\"')]*)", parsed.styles)
    styles = [url for url in urls if not url.startswith("data:")]
    imports = re.findall(r"@import[^;]*", parsed.styles)
    sheets = [tag for tag in parsed.tags if tag in ("iframe", "object", "embed", "base")]
    linked = re.findall(r"<link [^>]*href=\"(?!data:)([^\"]*)", page)
    return [*loaded, *styles, *imports, *sheets, *linked]
