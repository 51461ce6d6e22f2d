"""A small staging warehouse, and one run of the gate over it for all tests."""

import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

with warnings.catch_warnings():
    # Great Expectations imports modules of the standard library that Python 3.11 deprecates; a
    # mark on the tests would come too late, since they import it when they are collected.
    warnings.simplefilter("ignore", DeprecationWarning)
    import great_expectations  # noqa: F401

from nianbao.quality.expectations.gate import GateResult, run_gate
from nianbao.quality.expectations.suites import write_suites
from nianbao.site.checks import make
from nianbao.site.folder import ASSETS, SiteFolder
from nianbao.warehouse.schema import create_tables, create_views

REPOSITORY = Path(__file__).parents[3]
COMMITTED = REPOSITORY / "great_expectations"

ORDINARY_URL = "https://www.example.gov.cn/art/1.html?year=2023&amp=$text"
HOSTILE_NAME = "<script>alert('name')</script>\"><img src=x onerror=alert(1)>"
HOSTILE_URLS = (
    "javascript:alert('scheme')",
    "https://evil.example/\" onmouseover=\"alert('quote')",
    "data:text/html,<script>alert('data')</script>",
)
MANY = 250
"""Failures of one rule; more than a page shows."""


@dataclass(frozen=True)
class OwnRule:
    id: str
    severity: str
    title_zh: str
    title_en: str
    theme: str = "values"
    forms: tuple[str, ...] = ("2021",)
    basis_zh: str = "国办公开办函 30 号"
    basis_en: str = "the form of 2021"
    sql: str = r"SELECT regexp_matches(raw, '^\d{4}$') AS ok, raw LIKE '%:x' FROM cells"


RULES = (
    OwnRule("T3-1", "error", "各栏之和应等于总计", "Columns add up to the total"),
    OwnRule("Z-1", "info", "申请表全部为零", "The table of applications is all zero"),
    OwnRule("N-6", "warning", "正文与表格不一致 a < b & c", "The text contradicts the table"),
    OwnRule("T4", "error", "复议诉讼之和", "Reviews and litigation add up"),
)


def fill(database: duckdb.DuckDBPyConnection) -> None:
    """Put in four reports, whose failures are many, hostile, and none."""
    create_tables(database)
    _insert(database, "form_cells", cell=1, form="2021", code="c", place=1, part=1)
    create_views(database)
    for number, url in enumerate((ORDINARY_URL, *HOSTILE_URLS)):
        _report(database, number, url, HOSTILE_NAME if number else "某市司法局")
    _fail(database, "T3-1", "r0", "applications.granted", "（一）予以公开", MANY)
    for number in range(1, len(HOSTILE_URLS) + 1):
        _fail(database, "N-6", f"r{number}", "<b>subject</b>", None, 1)
    for number, rule in enumerate(RULES):
        _insert(
            database,
            "check_rules",
            rule_number=number,
            rule_id=rule.id,
            severity=rule.severity,
            forms=rule.forms,
            sql=rule.sql,
        )
    database.execute(
        "INSERT INTO evaluated_rules SELECT rule_id, coalesce(sum(failed), 0)"
        " FROM check_rules LEFT JOIN check_tally USING (rule_number) GROUP BY rule_id"
    )


def _report(database: duckdb.DuckDBPyConnection, number: int, url: str, name: str) -> None:
    version: dict[str, object] = {"report_id": f"r{number}", "sha256": f"s{number}", "ordinal": 1}
    agency = {"org_id": f"o{number}", "report_year": 2023, "scope": "agency", "form": "2021"}
    _insert(database, "organisations", org_id=f"o{number}", name=name)
    _insert(database, "fetches", url=url, outcome="fetched", sha256=f"s{number}")
    _insert(database, "documents", sha256=f"s{number}", reader="html", reports=1, cells=1)
    place: dict[str, object] = {"source_url": url, "is_current": True, "is_live": True}
    _insert(database, "report_versions", version=number, **version, **agency, **place)
    _insert(database, "stored_cells", version=number, cell=1, kind=1, value=1)
    _insert(database, "check_reports", report=number, report_id=f"r{number}", form="2021")


def _fail(
    database: duckdb.DuckDBPyConnection,
    rule_id: str,
    report_id: str,
    subject: str,
    label: str | None,
    times: int,
) -> None:
    (severity,) = (rule.severity for rule in RULES if rule.id == rule_id)
    check = {"report_id": report_id, "rule_id": rule_id}
    words = {"subject": subject, "subject_zh": label, "severity": severity, "status": "fail"}
    for observed in range(times):
        values = {"observed": str(observed), "expected": "12", "note": "各栏 <i>"}
        _insert(database, "stored_checks", **check, **words, **values)
    tally = {"passed": 0, "failed": times, "not_assessable": 0, "blanks_as_zero": 0}
    numbers = {"report": int(report_id[1:]), "rule_number": _number(rule_id)}
    _insert(database, "check_tally", **numbers, **tally)


def _number(rule_id: str) -> int:
    return [rule.id for rule in RULES].index(rule_id)


def _insert(database: duckdb.DuckDBPyConnection, table: str, **values: object) -> None:
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    database.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(values.values()))


@pytest.fixture(scope="session")
def make_staging(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that makes a staging warehouse and runs further SQL on it."""

    def make(*statements: str) -> Path:
        # A space, Chinese and a percent sign: the path travels in a URL and in a variable.
        folder = tmp_path_factory.mktemp("staging") / "数据 100%"
        folder.mkdir()
        path = folder / "build-1.duckdb"
        with duckdb.connect(path) as database:
            fill(database)
            for statement in statements:
                database.execute(statement)
        return path

    return make


@pytest.fixture(scope="session")
def gx_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a configuration folder whose suites are those of our own few rules."""
    folder = tmp_path_factory.mktemp("gx") / "great_expectations"
    folder.mkdir()
    shutil.copy(COMMITTED / "great_expectations.yml", folder)
    write_suites(folder, RULES)
    return folder


@pytest.fixture(scope="session")
def result(
    make_staging: Callable[..., Path], gx_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> GateResult:
    """Return what the gate says of the staging warehouse, having written its pages.

    They lie where the reports have them, with the styles and the script of these.
    """
    reports = tmp_path_factory.mktemp("docs") / "expectation_reports"
    docs = reports / "datadocs"
    for assets in (ASSETS, Path(make.__file__).parent / "assets"):
        SiteFolder(reports, reports).copy_assets(assets)
    before = contents(gx_folder)
    result = run_gate(gx_folder, make_staging(), docs, {rule.id for rule in RULES}, build="v 七")
    assert contents(gx_folder) == before, "running the gate changed its configuration"
    return result


@pytest.fixture(scope="session")
def docs(result: GateResult) -> Path:
    """Return the folder of the pages."""
    return result.docs_index.parent


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
