"""The panel opens in Stata with its labels, and says the same in every format."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pyreadstat
import pytest

from nianbao.errors import BuildError
from nianbao.export import stata
from nianbao.export.run import Order, export
from nianbao.export.source import Published
from nianbao.forms import load_form, load_forms
from support.export_world import OFFICE, VERSION


@pytest.fixture(scope="module")
def panel(exported: Path) -> tuple[Any, Any]:
    """The frame and its metadata, by another program than the one that wrote them."""
    frame, meta = pyreadstat.read_dta(exported / "panel" / "panel.dta")
    return frame, meta


def query(source: Published, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(source.path), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_there_is_one_row_per_organisation_year_and_scope(
    panel: tuple[Any, Any], source: Published
) -> None:
    frame, _ = panel
    key = ["org_id", "report_year", "scope"]
    assert [(len(frame),)] == query(source, "SELECT count(*) FROM reports")
    assert not frame.duplicated(key).any()


def test_every_cell_of_every_form_has_its_short_code(panel: tuple[Any, Any]) -> None:
    shorts = {cell.short_code for form in load_forms().values() for cell in form.cells.values()}
    assert shorts <= set(panel[1].column_names)
    assert all(len(name) <= 32 and name.isidentifier() for name in panel[1].column_names)


def test_labels_are_chinese_and_short_enough(panel: tuple[Any, Any]) -> None:
    labels = panel[1].column_names_to_labels
    assert labels["app_recv_np"] == "一、本年新收政府信息公开申请数量 | 自然人"
    assert all(label and len(label) <= 80 for label in labels.values())


def test_words_with_codes_have_value_labels(panel: tuple[Any, Any]) -> None:
    frame, meta = panel
    labels = meta.variable_value_labels["scope"]
    assert labels[1.0] == "单个机关"
    assert set(frame["scope"]) <= {1, 2, 3}


def test_what_is_not_printed_stays_missing(panel: tuple[Any, Any]) -> None:
    frame, _ = panel
    row = frame[(frame["organisation"] == OFFICE) & (frame["report_year"] == 2022)].iloc[0]
    assert row["app_recv_tot"] == 11
    other_form = next(iter(load_form("2014").cells.values())).short_code
    assert row[["app_carin_tot", "app_grant_tot", "app_part_tot", other_form]].isna().all()


def test_every_printed_number_is_in_its_column(panel: tuple[Any, Any], source: Published) -> None:
    frame, _ = panel
    [(expected,)] = query(source, "SELECT sum(value)::DOUBLE FROM report_cells")
    shorts = [name for (name,) in query(source, "SELECT DISTINCT short_code FROM cell_dictionary")]
    assert frame[shorts].sum().sum() == pytest.approx(expected)


def test_the_measures_are_those_of_the_views(panel: tuple[Any, Any], source: Published) -> None:
    frame, _ = panel
    expected = query(source, "SELECT report_id, received::DOUBLE FROM applications_yearly")
    found = dict(zip(frame["report_id"], frame["received"], strict=True))
    assert {key: value for key, value in expected if value is not None} == {
        key: value for key, value in found.items() if value == value
    }


def test_the_file_says_its_version(panel: tuple[Any, Any]) -> None:
    assert panel[1].file_label == f"Nianbao {VERSION}"


def test_the_formats_say_the_same(panel: tuple[Any, Any], exported: Path) -> None:
    frame, meta = panel
    table = pq.read_table(exported / "panel" / "panel.parquet")
    assert table.column_names == meta.column_names
    assert table["report_id"].to_pylist() == list(frame["report_id"])
    ours = [None if value != value else value for value in frame["app_recv_tot"]]
    assert table["app_recv_tot"].to_pylist() == ours
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT report_id, app_recv_tot::DOUBLE FROM '{exported}/panel/panel.csv'"
        ).fetchall()
    assert found == list(zip(frame["report_id"], ours, strict=True))


def test_the_english_labels_are_a_do_file(panel: tuple[Any, Any], exported: Path) -> None:
    lines = (exported / "panel" / "panel_labels_en.do").read_text("utf-8").splitlines()[1:]
    assert [line.split()[2] for line in lines] == panel[1].column_names
    assert 'label variable app_recv_np "New applications received | Natural persons"' in lines


def test_a_long_panel_is_a_file_per_year(
    source: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stata, "ROWS_OF_A_FILE", 20)
    export(source, Order.of(("panel",), years=(2021, 2022)), tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out" / "panel").glob("*.dta"))
    assert names == ["panel_2021.dta", "panel_2022.dta"]


def test_a_view_with_two_rows_for_a_report_makes_no_panel(
    tmp_path: Path, source: Published
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(source.path.read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("CREATE OR REPLACE VIEW reviews_yearly AS FROM reports UNION ALL FROM reports")
    twice = Published(copy, source.version, source.content_hash, source.published_at)
    with pytest.raises(BuildError):
        export(twice, Order.of(("panel",)), tmp_path / "out")
    assert not (tmp_path / "out").exists()
