"""What the engine promises of every rule: forms, labels, marks, blame, hints."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nianbao.errors import BuildError, ConfigurationError
from nianbao.quality.message import rendered
from nianbao.quality.rule import Rule, load_rules
from nianbao.quality.run import check
from nianbao.sample.report import SampleReport
from support.checked_numbers import THEMES, filled
from support.seeded_faults import runs


def own_rule(**fields: object) -> Rule:
    plain = {"id": "own", "theme": "values", "severity": "info", "forms": ("2021",)}
    words = {"title_zh": "题", "title_en": "title", "basis_zh": "依据", "basis_en": "basis"}
    plain["subject_kind"] = "report"
    sql = (
        "SELECT report_id, 'report' AS subject, 'fail' AS status, 1 AS expected, 2 AS observed,"
        " NULL AS note FROM reports"
    )
    return Rule.model_validate({**plain, **words, "sql": sql, **fields})


def checked(
    path: Path, reports: list[SampleReport], rules: list[Rule]
) -> duckdb.DuckDBPyConnection:
    con = filled(path, reports)
    check(con, rules)
    return con


def numbers(*themes: str) -> list[Rule]:
    return [rule for rule in load_rules() if rule.theme in (themes or THEMES)]


def changed(report: SampleReport, **cells: str) -> SampleReport:
    texts = {code.replace("__", "."): text for code, text in cells.items()}
    return replace(report, cells={**report.cells, **texts})


def last(seed: int) -> SampleReport:
    return runs(seed)[-1]


def test_a_rule_never_runs_on_a_form_that_it_does_not_name(tmp_path: Path) -> None:
    with checked(tmp_path / "w.duckdb", runs(1), numbers()) as con:
        wrong = con.execute(
            "SELECT DISTINCT rule_id, form FROM check_counts JOIN check_rules USING (rule_id)"
            " WHERE NOT list_contains(forms, form)"
        ).fetchall()
    assert wrong == []


def test_a_rule_may_read_any_view_and_name_reports_by_id(tmp_path: Path) -> None:
    with checked(tmp_path / "w.duckdb", runs(1), [own_rule()]) as con:
        found = con.execute("SELECT DISTINCT form FROM check_counts").fetchall()
    assert found == [("2021",)]


def test_a_status_that_is_none_of_the_three_is_an_error(tmp_path: Path) -> None:
    sql = own_rule().sql.replace("'fail'", "'perhaps'")
    with pytest.raises(BuildError, match="no status"):
        checked(tmp_path / "w.duckdb", runs(1), [own_rule(sql=sql)])


def test_a_message_may_only_name_columns_of_the_query() -> None:
    with pytest.raises(ConfigurationError, match="elsewhere"):
        rendered("{elsewhere}", "zh", {"observed": "DOUBLE"})


def test_a_finding_reads_as_an_office_would_write_it(tmp_path: Path) -> None:
    zero = replace(last(2), cells=dict.fromkeys(last(2).cells, "0"))
    wrong = changed(
        zero,
        applications__received__total="20",
        applications__carried_in__total="2",
        applications__closed_total__total="17",
        applications__carried_out__total="3",
    )
    with checked(tmp_path / "w.duckdb", [wrong], numbers("applications")) as con:
        messages = con.execute(
            "SELECT message_zh FROM check_results WHERE rule_id = 'applications_column_balance'"
        ).fetchall()
    assert messages == [
        ("《表三》“四、结转下年度继续办理”·总计：填报 3，应为 5（一 20\uff0b二 2\uff0d（七）17）",)
    ]


def test_what_takes_blanks_for_zeros_is_marked(tmp_path: Path) -> None:
    report = last(3)
    blank = {code: "" if raw == "0" else raw for code, raw in report.cells.items()}
    with checked(
        tmp_path / "w.duckdb", [replace(report, cells=blank)], numbers("applications")
    ) as con:
        marked = con.execute("SELECT blanks_as_zero, errors FROM check_reports").fetchone()
    assert marked is not None
    assert marked[0] > 0
    assert marked[1] == 0


def test_an_empty_report_has_a_line_that_says_so(tmp_path: Path) -> None:
    nothing = SampleReport("空", "空", 2022, "2021", "agency", {}, date(2023, 1, 1))
    with checked(tmp_path / "w.duckdb", [nothing], numbers()) as con:
        line = con.execute("SELECT errors, not_assessable FROM check_reports").fetchone()
    assert line is not None
    assert line[0] == 0
    assert line[1] > 42


def hints(path: Path, report: SampleReport) -> list[tuple[str, list[str], list[str]]]:
    with checked(path, [report], numbers("applications", "reviews")) as con:
        found = con.execute("SELECT kind, cells, mended FROM check_hints").fetchall()
    return [(kind, cells, mended) for kind, cells, mended in found]


def test_one_wrong_cell_is_found_with_the_number_that_mends_all(tmp_path: Path) -> None:
    report = last(4)
    code = "applications.granted.natural_person"
    right = report.cells[code]
    wrong = replace(report, cells={**report.cells, code: str(int(right) + 7)})
    assert hints(tmp_path / "w.duckdb", wrong) == [("one_cell", [code], [right])]


def row_of(*numbers: int) -> dict[str, str]:
    names = (
        "natural_person",
        "business",
        "research",
        "public_interest",
        "legal_services",
        "other",
        "total",
    )
    return {f"applications.granted.{name}": str(n) for name, n in zip(names, numbers, strict=True)}


def with_granted(row: dict[str, str]) -> SampleReport:
    """Return a report with 12 granted to natural persons and 3 to businesses, but printed as `row`."""
    zero = dict.fromkeys(last(5).cells, "0")
    true = row_of(12, 3, 0, 0, 0, 0, 15)
    for code, raw in true.items():
        column = code.rpartition(".")[2]
        zero[f"applications.received.{column}"] = zero[f"applications.closed_total.{column}"] = raw
    return replace(last(5), cells={**zero, **row})


def test_digits_split_over_two_cells_are_found(tmp_path: Path) -> None:
    zero = dict.fromkeys(last(5).cells, "0")
    for row in ("received", "closed_total", "granted"):
        zero |= {f"applications.{row}.natural_person": "12", f"applications.{row}.total": "12"}
    split = {"applications.granted.natural_person": "1", "applications.granted.business": "2"}
    found = hints(tmp_path / "w.duckdb", replace(last(5), cells={**zero, **split}))
    cells = ["applications.granted.business", "applications.granted.natural_person"]
    assert ("digits_split", cells, ["0", "12"]) in found


def test_a_row_one_column_off_is_found(tmp_path: Path) -> None:
    shifted = with_granted(row_of(0, 12, 3, 0, 0, 0, 0))
    assert {kind for kind, _, _ in hints(tmp_path / "w.duckdb", shifted)} == {"row_shifted"}


def blames(path: Path, report: SampleReport, *statements: str) -> set[str]:
    with filled(path, [report]) as con:
        for statement in statements:
            con.execute(statement)
        check(con, numbers("reviews"))
        found = con.execute("SELECT blame FROM check_results WHERE severity = 'error'").fetchall()
    return {blame for (blame,) in found}


def wrong_review() -> SampleReport:
    return changed(last(6), reviews__review__total="777")


def test_cells_that_were_read_well_are_the_publishers_own(tmp_path: Path) -> None:
    assert blames(tmp_path / "w.duckdb", wrong_review()) == {"publisher"}


def test_a_row_known_only_by_its_place_makes_the_reading_doubtful(tmp_path: Path) -> None:
    matched = """INSERT INTO odd_cells BY NAME
        SELECT version, cell, 'position' AS matched FROM report_versions JOIN form_cells USING (form)
        WHERE code = 'reviews.review.total'"""
    assert blames(tmp_path / "w.duckdb", wrong_review(), matched) == {"reading"}


def test_numbers_out_of_a_picture_make_the_reading_doubtful(tmp_path: Path) -> None:
    picture = "INSERT INTO documents (sha256, reader) SELECT sha256, 'ocr' FROM report_versions"
    assert blames(tmp_path / "w.duckdb", wrong_review(), picture) == {"reading"}


def reasons(
    path: Path, rule_id: str, report: SampleReport, *statements: str
) -> set[tuple[str, str]]:
    with filled(path, [report]) as con:
        for statement in statements:
            con.execute(statement)
        check(con, [rule for rule in load_rules() if rule.id == rule_id])
        return set(con.execute("SELECT blame, blame_en FROM check_results").fetchall())


def test_pictures_instead_of_text_are_the_publishers_own(tmp_path: Path) -> None:
    picture = "INSERT INTO documents (sha256, reader) SELECT sha256, 'ocr' FROM report_versions"
    found = reasons(tmp_path / "w.duckdb", "image_only", last(6), picture)
    reason = "it rests on how the report was published, and on nothing that was read"
    assert found == {("publisher", reason)}


def test_a_rule_about_words_does_not_speak_of_cells(tmp_path: Path) -> None:
    residue = """INSERT INTO stored_sections BY NAME SELECT version, 1 AS number, 'overview' AS code,
        '一、总体情况' AS title, '（此处填写本机关名称）' AS text, 'p2' AS location FROM report_versions"""
    found = reasons(tmp_path / "w.duckdb", "instruction_text", last(6), residue)
    assert {blame for blame, _ in found} == {"publisher"}
    assert all("no number of a table" in reason for _, reason in found)
