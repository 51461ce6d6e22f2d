"""Which published report a draft is compared with, where its id alone does not tell."""

from importlib.resources import files

import duckdb
import pytest

PUBLISHED = (
    "CREATE TABLE reports AS FROM (VALUES ('r1', 'o1', 2021, 'agency', '2021', 'u', TIMESTAMP '2026-01-01'),"
    " ('r2', 'o2', 2021, 'agency', '2019', 'u', TIMESTAMP '2026-01-01'),"
    " ('r3', 'o3', 2021, 'agency', '2021', 'u', TIMESTAMP '2026-01-01'))"
    " t(report_id, org_id, report_year, scope, form, source_url, first_seen_at)",
    "CREATE TABLE organisation_names AS FROM (VALUES ('o1', '甲局'), ('o2', '乙局'), ('o2', '丙局'),"
    " ('o3', '丙局')) t(org_id, normalised)",
)


@pytest.mark.parametrize(
    ("draft", "name", "year", "state", "report"),
    [
        ("r1", "别名局", 2021, "comparable", "r1"),
        ("x", "甲局", 2021, "comparable", "r1"),
        ("x", "甲局", 2020, "not_published", None),
        ("x", "乙局", 2021, "another_form", "r2"),
        ("x", "丙局", 2021, "several_reports", None),
        ("x", "丁局", 2021, "not_published", None),
    ],
)
def test_a_draft_goes_by_its_id_and_else_by_a_name_that_one_body_has(
    draft: str, name: str, year: int, state: str, report: str | None
) -> None:
    text = (files("nianbao.letters") / "sql" / "draft_matches.sql").read_text("utf-8")
    with duckdb.connect() as con:
        for statement in PUBLISHED:
            con.execute(statement)
        con.execute(
            "CREATE TABLE drafts AS SELECT ? AS report_id, ? AS name_normalised, ? AS report_year,"
            " 'agency' AS scope, '2021' AS form",
            [draft, name, year],
        )
        con.execute(text)
        found = con.execute("SELECT state, published_id FROM draft_matches").fetchall()
    assert found == [(state, report)]
