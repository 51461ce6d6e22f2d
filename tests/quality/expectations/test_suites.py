"""The committed files are what the rules make of them."""

import json
import shutil
from pathlib import Path

import pytest
import yaml

from nianbao.errors import ConfigurationError
from nianbao.quality.expectations.integrity import load_integrity_rules
from nianbao.quality.expectations.queries import literal_sql
from nianbao.quality.expectations.suites import write_suites
from nianbao.quality.rule import load_rules

COMMITTED = Path(__file__).parents[3] / "great_expectations"


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(COMMITTED / "great_expectations.yml", tmp_path)
    return tmp_path


def test_regenerating_changes_nothing_that_is_committed(folder: Path) -> None:
    write_suites(folder, load_rules())
    assert files(folder) == files(COMMITTED)


def test_the_order_of_the_rules_does_not_matter(folder: Path) -> None:
    write_suites(folder, reversed(load_rules()))
    assert files(folder) == files(COMMITTED)


def test_the_folder_holds_data_only() -> None:
    assert {path.suffix for path in COMMITTED.rglob("*") if path.is_file()} == {".json", ".yml"}


def test_files_of_former_suites_go(folder: Path) -> None:
    (folder / "checkpoints").mkdir()
    (folder / "checkpoints" / "former.json").touch()
    write_suites(folder, load_rules())
    assert not (folder / "checkpoints" / "former.json").exists()


def test_a_rule_is_in_the_suites_of_its_theme_for_the_forms_that_it_names(folder: Path) -> None:
    write_suites(folder, load_rules())
    found = {
        (path.stem, one["meta"]["rule_id"])
        for path in (folder / "expectations").glob("*.json")
        if path.stem != "warehouse_integrity"
        for one in json.loads(path.read_text("utf-8"))["expectations"]
    }
    assert found == {
        (f"{rule.theme}_{form}", rule.id) for rule in load_rules() for form in rule.forms
    }


def test_one_checkpoint_runs_every_suite_of_checks(folder: Path) -> None:
    write_suites(folder, load_rules())
    checkpoint = json.loads((folder / "checkpoints" / "report_checks.json").read_text("utf-8"))
    suites = {path.stem for path in (folder / "expectations").glob("*.json")}
    named = {one["name"] for one in checkpoint["validation_definitions"]}
    assert named == suites - {"warehouse_integrity"}


def test_an_expectation_carries_its_rule(folder: Path) -> None:
    write_suites(folder, load_rules())
    suite = json.loads((folder / "expectations" / "years_2021.json").read_text("utf-8"))
    rules = {rule.id: rule for rule in load_rules()}
    for one in suite["expectations"]:
        rule, meta = rules[one["meta"]["rule_id"]], one["meta"]
        assert (meta["title_zh"], meta["title_en"]) == (rule.title_zh, rule.title_en)
        assert (meta["basis_zh"], meta["basis_en"]) == (rule.basis_zh, rule.basis_en)
        assert meta["sql"] == rule.sql
        assert (meta["severity"], tuple(meta["forms"])) == (rule.severity, rule.forms)


def test_every_id_is_given_once() -> None:
    ids = [
        one["id"]
        for path in (COMMITTED / "expectations").glob("*.json")
        for one in json.loads(path.read_text("utf-8"))["expectations"]
    ]
    assert len(set(ids)) == len(ids)


def test_places_and_connection_come_from_variables() -> None:
    config = yaml.safe_load((COMMITTED / "great_expectations.yml").read_text("utf-8"))
    site = config["data_docs_sites"]["reviewers"]["store_backend"]["base_directory"]
    assert config["fluent_datasources"]["warehouse"]["connection_string"].startswith("${")
    assert site == "${NIANBAO_GX_DOCS}"
    assert config["analytics_enabled"] is False


@pytest.mark.parametrize(
    ("sql", "literal"),
    [
        (r"raw ~ '\d{4}'", r"raw ~ '\d{{4}}'"),
        ("'12:30' || ':x'", r"'12:30' || '\:x'"),
        ("value::INTEGER", "value::INTEGER"),
        ("raw LIKE '5%'", "raw LIKE '5%'"),
    ],
)
def test_braces_and_colons_of_sql_are_kept_from_being_parameters(sql: str, literal: str) -> None:
    assert literal_sql(sql) == literal


def test_an_integrity_rule_is_named_for_its_file(tmp_path: Path) -> None:
    text = "id: one\ntitle_zh: 一\ntitle_en: One\nsql: SELECT 1\n"
    (tmp_path / "two.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=r"two\.yaml"):
        load_integrity_rules(tmp_path)


def test_an_integrity_rule_needs_its_sql(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("id: one\ntitle_zh: 一\ntitle_en: One\n", "utf-8")
    with pytest.raises(ConfigurationError, match="sql"):
        load_integrity_rules(tmp_path)
