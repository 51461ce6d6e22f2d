"""What is not in the text: days of publication, lists, readers and versions."""

import duckdb
import pytest

from support.text_checks import CHANGED, GAP, LATE, LISTED, PICTURE


@pytest.mark.parametrize(
    ("organisation", "rule", "severity"),
    [
        (LATE, "late", "warning"),
        (GAP, "absent", "warning"),
        (PICTURE, "image_only", "warning"),
        (LISTED, "list_disagrees", "warning"),
        (CHANGED, "changed_after_publication", "info"),
    ],
)
def test_it_is_found_where_it_is_and_nowhere_else(
    organisation: str, rule: str, severity: str, checked
) -> None:
    assert (rule, severity) in checked.found[organisation, 2022]
    assert [key for key, failed in checked.found.items() if (rule, severity) in failed] == [
        (organisation, 2022)
    ]


def test_only_what_coverage_calls_absent_is_called_missing(checked) -> None:
    with duckdb.connect(str(checked.file), read_only=True) as con:
        years = con.execute("SELECT subject FROM check_results WHERE rule_id = 'absent'").fetchall()
    assert years == [("2020",)]


def test_personal_data_are_masked_in_the_results(checked) -> None:
    with duckdb.connect(str(checked.file), read_only=True) as con:
        quotes = con.execute(
            "SELECT quote FROM check_results WHERE rule_id = 'personal_data' AND subject LIKE '%/mobile'"
        ).fetchall()
    assert quotes
    assert all("****" in quote for (quote,) in quotes)


def test_both_passages_of_a_copy_are_kept(checked) -> None:
    with duckdb.connect(str(checked.file), read_only=True) as con:
        rows = con.execute(
            "SELECT kind, similarity, text, other_text, report_id <> other_report_id FROM copied_sections"
        ).fetchall()
    assert {kind for kind, *_ in rows} == {"last_year", "other_agency"}
    assert all(
        similarity >= 0.9 and text and other and differ
        for _, similarity, text, other, differ in rows
    )
