"""Every question of the cookbook is answered, and some answers are worked out by hand."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import nbformat
import pytest
from nbclient import NotebookClient

from nianbao.errors import ConfigurationError
from nianbao.warehouse.cookbook import Recipe, cookbook_page, load_recipes, recipe_from
from support.cookbook_world import (
    COMMERCE,
    EDUCATION,
    GOVERNMENT,
    NEW,
    NEW_GOVERNMENT,
    OLD,
    POLICE,
    STREET,
    WUSU,
    build,
)

ROOT = Path(__file__).resolve().parents[2]
RECIPES = load_recipes(ROOT)
NOTEBOOK = ROOT / "docs" / "nianbao.ipynb"
# Everything in the sample warehouse was read.
EMPTY = {"what_could_not_be_read"}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("cookbook"))


@pytest.fixture(scope="module")
def con(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        con.execute("SET file_search_path = ?", [str(ROOT / "docs" / "cookbook" / "data")])
        yield con


@pytest.fixture
def answer(con: duckdb.DuckDBPyConnection):
    """Return the rows of one recipe as dictionaries, by its name."""

    def rows(name: str) -> list[dict[str, object]]:
        [recipe] = [recipe for recipe in RECIPES if recipe.name == name]
        cursor = con.execute(recipe.sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return rows


def test_there_are_enough_questions_and_they_are_numbered() -> None:
    assert len(RECIPES) >= 20
    assert [recipe.number for recipe in RECIPES] == list(range(1, len(RECIPES) + 1))


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_every_question_has_an_answer(con: duckdb.DuckDBPyConnection, recipe: Recipe) -> None:
    found = con.execute(recipe.sql).fetchall()
    assert bool(found) == (recipe.name not in EMPTY)


@pytest.mark.parametrize(
    ("quick", "spelt_out"),
    [
        (
            "SELECT report_id, code, deduced_value, deduction FROM deductions",
            "SELECT report_id, code, deduced_value, deduction FROM report_cells "
            "WHERE deduction IS NOT NULL",
        ),
        (
            "FROM cells_of((SELECT list(report_id) FROM reports WHERE report_year = 2021))",
            "SELECT c.* FROM report_cells c JOIN reports r USING (report_id) WHERE report_year = 2021",
        ),
        (
            "SELECT report_id, cells, cells_printed, cells_blank, cells_unread, cells_missing "
            "FROM quality_yearly WHERE cells IS NOT NULL",
            "SELECT report_id, count(*) FILTER (kind <> 'missing'), count(value), "
            "count(*) FILTER (kind IN ('blank', 'dash')), count(*) FILTER (kind = 'text'), "
            "count(*) FILTER (kind = 'missing') FROM report_cells GROUP BY report_id",
        ),
    ],
    ids=["deductions", "cells_of", "quality_yearly"],
)
def test_what_is_quick_says_the_same_as_the_cells(
    con: duckdb.DuckDBPyConnection, quick: str, spelt_out: str
) -> None:
    found, expected = (sorted(map(repr, con.execute(sql).fetchall())) for sql in (quick, spelt_out))
    assert found
    assert found == expected


def test_the_series_of_one_body(answer) -> None:
    found = [
        (r["report_year"], r["received"], r["comparability"])
        for r in answer("one_body_over_the_years")
    ]
    assert found == [
        (2018, 12, None),
        (2019, 20, "approximate"),
        (2020, 18, "exact"),
        (2021, 30, "exact"),
        (2022, 26, "exact"),
    ]


def test_the_disclosure_rate_is_one_sum_over_another(answer) -> None:
    # 2021: 商务局 27 of 33, 公安局 6 of 9, 拱墅区商务局 13 of 13; two bodies closed nothing.
    [found] = [row for row in answer("disclosure_rate") if row["report_year"] == 2021]
    assert (found["bodies"], found["left_out"]) == (3, 0)
    assert found["disclosed_over_closed"] == pytest.approx((27 + 6 + 13) / (33 + 9 + 13))


def test_the_grounds_of_refusal(answer) -> None:
    # 2022: third parties 2 (商务局); process information 3 (商务局) and 2 (公安局).
    found = {
        row["ground"]: (row["refused"], row["share"])
        for row in answer("refusal_grounds")
        if row["report_year"] == 2022 and row["refused"]
    }
    assert found == {
        "refused_third_party": (2, pytest.approx(2 / 7, abs=0.001)),
        "refused_process_information": (5, pytest.approx(5 / 7, abs=0.001)),
    }


def test_the_litigation_rate(answer) -> None:
    # 商务局: 2 concluded in 2020 and 3 in 2022; closed 12 + 18 + 19 + 33 + 26.
    first = answer("litigation_rate")[0]
    assert (first["organisation"], first["litigation_concluded"]) == (COMMERCE, 5)
    assert (first["applications_closed"], first["rate"]) == (108, round(5 / 108, 4))


def test_the_carry_over_that_does_not_fit(answer) -> None:
    [found] = answer("carry_over_mismatches")
    assert (found["organisation"], found["report_year"], found["difference"]) == (COMMERCE, 2021, 2)


def test_the_share_of_reports_that_are_all_zero(answer) -> None:
    # 2020: 乌苏市 of five departments; 2021: 乌苏市 and 教育和体育局 of five.
    found = {
        (r["report_year"], r["kind"]): (r["reports"], r["all_zero"])
        for r in answer("all_zero_share")
    }
    assert found[2020, "department"] == (5, 1)
    assert found[2021, "department"] == (5, 2)


def test_a_county_is_one_report_and_never_a_sum(answer) -> None:
    columns = ("scope_used", "received", "bodies_with_report", "bodies_obliged")
    found = {
        (r["county"], r["report_year"]): tuple(r[column] for column in columns)
        for r in answer("county_panel")
    }
    # Of the government and four departments the treasury is silent; the street office has owed nothing
    # since 2019.
    assert found["肥城市", 2022] == ("area", 264, 4, 5)
    assert found["肥城市", 2018] == (None, None, 1, 6)
    assert found["拱墅区", 2021] == ("area", 500, 2, 2)


def test_applications_by_population(answer) -> None:
    found = {(r["county"], r["report_year"]): r["per_100000"] for r in answer("population")}
    assert found["肥城市", 2022] == 30
    assert found["拱墅区", 2021] == pytest.approx(500 / 11.5, abs=0.01)


def test_a_merged_body_stands_beside_its_successor(answer) -> None:
    found = [(r["report_year"], r["organisation"], r["received"]) for r in answer("merged_body")]
    assert found == [
        (2019, OLD, 10),
        (2019, NEW, 3),
        (2020, OLD, 8),
        (2020, NEW, 5),
        (2021, NEW, 14),
        (2022, NEW, 11),
    ]


def test_what_was_changed_after_publication(answer) -> None:
    found = {(r["code"], r["old_raw"], r["new_raw"]) for r in answer("changes_between_versions")}
    assert ("applications.received.total", "24", "26") in found
    assert {row["organisation"] for row in answer("changes_between_versions")} == {
        COMMERCE,
        EDUCATION,
    }


def test_the_text_that_states_another_number(answer) -> None:
    [found] = answer("text_against_table")
    assert (found["organisation"], found["in_text"], found["in_table"]) == (COMMERCE, 35, 30)


def test_the_evidence_of_a_cell(answer) -> None:
    [closed, received] = answer("evidence_of_a_cell")
    assert (closed["raw"], received["raw"]) == ("26", "26")
    assert received["heading"] == "总计"
    assert received["source_place"].startswith("body > table")


def test_blanks_beside_a_printed_zero_are_deduced_apart(answer) -> None:
    [found] = answer("measures_with_deduced")
    assert (found["organisation"], found["measure"]) == (EDUCATION, "received_natural_person")
    assert (found["value"], found["deduced_value"]) == (None, 0)


def test_what_is_no_single_number(answer) -> None:
    assert [(r["organisation"], r["raw"]) for r in answer("unread_cells")] == [(STREET, "1 2")]


def test_late_reports(answer) -> None:
    found = [(r["organisation"], r["report_year"], r["days_late"]) for r in answer("late_reports")]
    assert found == [(POLICE, 2021, 20), (POLICE, 2022, 20)]


def test_a_jump(answer) -> None:
    assert {(r["organisation"], r["report_year"]) for r in answer("jumps")} == {(EDUCATION, 2022)}


def test_the_stock_of_documents(answer) -> None:
    found = {(r["organisation"], r["scope"]): r["difference"] for r in answer("stock_of_documents")}
    assert found[GOVERNMENT, "area"] == 0
    assert found[NEW_GOVERNMENT, "area"] == 0
    assert found[WUSU, "agency"] == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("no_number", "-- zh: 问\n-- en: Q\n-- mind: m\nSELECT 1;\n"),
        ("01_no_caveat", "-- zh: 问\n-- en: Q\nSELECT 1;\n"),
        ("01_two_statements", "-- zh: 问\n-- en: Q\n-- mind: m\nSELECT 1; SELECT 2;\n"),
    ],
)
def test_a_recipe_that_is_not_whole_is_refused(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.sql"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError):
        recipe_from(path)


def test_the_page_has_every_question_with_its_caveats() -> None:
    page = cookbook_page(ROOT)
    for recipe in RECIPES:
        assert recipe.sql in page
        assert all(line in page for line in (recipe.zh, recipe.en, *recipe.mind))


def test_the_notebook_is_committed_without_results() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    results = [
        (cell["outputs"], cell["execution_count"]) for cell in cells if cell["cell_type"] == "code"
    ]
    assert all(result == ([], None) for result in results)


def test_the_notebook_runs_and_draws_two_charts(
    warehouse: Path, monkeypatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NIANBAO_WAREHOUSE", str(warehouse))
    monkeypatch.setenv("NIANBAO_COOKBOOK", str(ROOT / "docs" / "cookbook"))
    # Nothing of the kernel's stays behind in the home folder.
    for name in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=os.fspath(tmp_path))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in outputs if output["output_type"] == "error"]
    charts = [output for output in outputs if "image/png" in output.get("data", ())]
    assert len(charts) == 2
