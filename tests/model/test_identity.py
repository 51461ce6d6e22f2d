"""Ids that must come out the same on every machine and in every year."""

import duckdb

from nianbao.model import normalise_name, org_id_for, report_id_for
from nianbao.warehouse.schema import read_sql


def test_a_name_is_the_same_whatever_its_spaces_and_width() -> None:
    assert normalise_name("某市 商务局（本级）\u200b") == normalise_name("某市商务局(本级)")
    assert org_id_for("某市\u3000商务局") == org_id_for("某市商务局")


def test_a_report_is_its_organisation_year_and_scope() -> None:
    ids = {
        report_id_for("a", 2020, "agency"),
        report_id_for("b", 2020, "agency"),
        report_id_for("a", 2021, "agency"),
        report_id_for("a", 2020, "area"),
    }
    assert len(ids) == 4
    assert report_id_for("a", 2020, "agency") in ids


def test_the_build_makes_the_same_ids_in_sql() -> None:
    macro = read_sql("load.sql").split("CREATE TEMP MACRO report_hash")[1].split(";")[0]
    with duckdb.connect() as con:
        con.execute("CREATE TEMP MACRO report_hash" + macro)
        made = con.execute("SELECT report_hash('cn-1', 2020, 'agency')").fetchone()
        unknown = con.execute("SELECT report_hash('cn-1', NULL, 'agency')").fetchone()
    assert made == (report_id_for("cn-1", 2020, "agency"),)
    assert unknown == (None,)
