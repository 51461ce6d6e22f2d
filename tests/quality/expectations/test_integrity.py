"""Each rule about the warehouse itself: silent over one that was built for real, loud where it is damaged."""

import shutil
from pathlib import Path

import duckdb
import pytest

from nianbao.quality.expectations.integrity import load_integrity_rules
from nianbao.warehouse.versions import WAREHOUSE_FILE
from support.installation import installed, reports

RULES = {rule.id: rule.sql for rule in load_integrity_rules()}
DAMAGE = {
    "cells_lost": "DELETE FROM stored_cells WHERE version = 1 AND value = 3",
    "document_listed_twice": "INSERT INTO documents FROM documents LIMIT 1",
    "numbers_changed": "UPDATE stored_cells SET value = 4 WHERE version = 1 AND value = 3",
    "portal_unregistered": "DELETE FROM portals",
    "report_listed_twice": "INSERT INTO report_versions FROM report_versions LIMIT 1",
    "reports_lost": "DELETE FROM report_versions WHERE version = 1",
    "reports_miscounted": "UPDATE report_versions SET report_year = 2022 WHERE version = 1",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A staging file with two documents of two reports each, checked."""
    installation = installed(tmp_path_factory.mktemp("integrity"))
    for number in (1, 2):
        installation.harvest(reports(number, 2))
    return Path(installation.check()["staging"]) / WAREHOUSE_FILE


def offending(path: Path, rule: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(RULES[rule]).fetchall()


@pytest.mark.parametrize("rule", RULES)
def test_a_warehouse_as_it_is_built_offends_no_rule(built: Path, rule: str) -> None:
    assert offending(built, rule) == []


@pytest.mark.parametrize("rule", DAMAGE)
def test_damage_is_seen(built: Path, tmp_path: Path, rule: str) -> None:
    damaged = Path(shutil.copy(built, tmp_path / "damaged.duckdb"))
    with duckdb.connect(str(damaged)) as con:
        con.execute(DAMAGE[rule])
    assert offending(damaged, rule)


def test_a_total_put_in_a_printed_ones_place_is_told_with_both_sums(
    built: Path, tmp_path: Path
) -> None:
    damaged = Path(shutil.copy(built, tmp_path / "damaged.duckdb"))
    with duckdb.connect(str(damaged)) as con:
        con.execute(DAMAGE["numbers_changed"])
    ((_, read, kept),) = offending(damaged, "numbers_changed")
    assert (read, kept) == (80_000, 90_000)


def test_a_portal_that_lost_a_report_of_a_year_is_told_with_both_counts(
    built: Path, tmp_path: Path
) -> None:
    damaged = Path(shutil.copy(built, tmp_path / "damaged.duckdb"))
    with duckdb.connect(str(damaged)) as con:
        con.execute(DAMAGE["reports_lost"])
    assert offending(damaged, "reports_miscounted") == [("p/site", 2021, 4, 3)]
