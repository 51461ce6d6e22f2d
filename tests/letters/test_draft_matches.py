"""Which published report a draft is compared with, where its id alone does not tell."""

from importlib.resources import files
from typing import Any

import duckdb
import pytest

HERE, THERE = "370983", "620123"
PUBLISHED = (
    "CREATE TABLE organisations AS FROM (VALUES ('o1', '370983', '370983'), ('o2', '370983', NULL),"
    " ('o3', '370983', NULL), ('o4', '620123', NULL), ('name-5', NULL, NULL), ('name-6', NULL, NULL),"
    " ('o7', '620123', NULL)) t(org_id, division, division_2020)",
    "CREATE TABLE reports AS SELECT 'r' || n AS report_id, org_id, 2021 AS report_year,"
    " 'agency' AS scope, if(n = 2, '2019', '2021') AS form, 'u' AS source_url,"
    " TIMESTAMP '2026-01-01' AS first_seen_at FROM (VALUES (1, 'o1'), (2, 'o2'), (3, 'o3'),"
    " (4, 'o4'), (5, 'name-5'), (6, 'name-6')) t(n, org_id)",
    "CREATE TABLE organisation_names AS FROM (VALUES ('o1', '甲局'), ('o2', '乙局'), ('o2', '丙局'),"
    " ('o3', '丙局'), ('o4', '戊局'), ('name-5', '己局'), ('name-6', '庚局'), ('o7', '庚局'))"
    " t(org_id, normalised)",
)


def matched(
    *drafts: dict[str, Any], told: str = "state, published_id, drafts"
) -> list[tuple[Any, ...]]:
    usual = {"report_id": "x", "org_id": "x", "year": 2021, "place": None, "drafts": 1, "seen": 1}
    with duckdb.connect() as con:
        for statement in PUBLISHED:
            con.execute(statement)
        con.execute(
            "CREATE TABLE drafts(report_id TEXT, org_id TEXT, name_normalised TEXT, report_year INT,"
            " place TEXT, scope TEXT, form TEXT, drafts BIGINT, is_live BOOL, first_seen_at TIMESTAMP)"
        )
        for draft in drafts:
            con.execute(
                "INSERT INTO drafts SELECT $report_id, $org_id, $name, $year, $place, 'agency',"
                " '2021', $drafts, true, make_timestamp($seen::BIGINT)",
                {**usual, **draft},
            )
        con.execute((files("nianbao.letters") / "sql" / "draft_matches.sql").read_text("utf-8"))
        return con.execute(f"SELECT {told} FROM draft_matches ORDER BY ALL").fetchall()


@pytest.mark.parametrize(
    ("draft", "state", "report"),
    [
        ({"report_id": "r1", "name": "别名局"}, "comparable", "r1"),
        ({"name": "甲局"}, "comparable", "r1"),
        ({"name": "甲局", "place": HERE}, "comparable", "r1"),
        ({"name": "甲局", "year": 2020}, "not_published", None),
        ({"name": "乙局"}, "another_form", "r2"),
        ({"name": "丙局", "place": HERE}, "several_reports", None),
        ({"name": "丁局"}, "not_published", None),
    ],
)
def test_a_draft_goes_by_its_id_and_else_by_a_name_that_one_body_has(
    draft: dict[str, Any], state: str, report: str | None
) -> None:
    assert matched(draft) == [(state, report, 1)]


@pytest.mark.parametrize(
    ("draft", "state", "report"),
    [
        # A county's own office has published nothing; its namesake elsewhere has.
        ({"name": "戊局", "place": HERE}, "not_published", None),
        ({"name": "戊局", "place": THERE}, "comparable", "r4"),
        # One body has the name, and nobody knows where it is.
        ({"name": "己局", "place": HERE}, "comparable", "r5"),
        ({"report_id": "r5", "org_id": "name-5", "name": "己局"}, "comparable", "r5"),
        # Two have it: an id that was made of the name alone is either's.
        ({"name": "庚局"}, "several_reports", None),
        ({"name": "庚局", "place": HERE}, "several_reports", None),
        ({"name": "庚局", "place": THERE}, "not_published", None),
        ({"report_id": "r6", "org_id": "name-6", "name": "庚局"}, "several_reports", None),
    ],
)
def test_a_namesake_elsewhere_is_never_taken_for_the_body(
    draft: dict[str, Any], state: str, report: str | None
) -> None:
    assert matched(draft) == [(state, report, 1)]


def test_drafts_under_the_old_and_the_new_name_are_one_report_and_the_newest_counts() -> None:
    old = {"report_id": "r3", "org_id": "o3", "name": "丙局", "drafts": 2}
    new = {"report_id": "y", "org_id": "o3", "name": "新丙局", "place": HERE, "seen": 2}
    assert matched(old, new, told="report_id, published_id, drafts") == [("y", "r3", 3)]
