"""Rosters as people send them: CSV in two encodings, headings in two languages, workbooks."""

import pytest

from nianbao.errors import ConfigurationError
from nianbao.portals.roster import csv_cells, read_roster

CODE = "11370983004351377Y"


def rows(text: str) -> tuple[list, list[str]]:
    return read_roster(csv_cells(text.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str):
    lines = "单位名称,网站\n肥城市商务局,www.feicheng.gov.cn\n".replace(",", delimiter)
    found, left_out = read_roster(csv_cells(lines.encode(encoding)))
    assert [(row.name, row.url, row.host) for row in found] == [
        ("肥城市商务局", "http://www.feicheng.gov.cn/", "www.feicheng.gov.cn")
    ]
    assert not left_out


def test_all_columns_in_any_order_below_a_title():
    found, _ = rows(
        "2026年名单,,,,\n省份,网址,统一社会信用代码,机构名称,行政区划代码\n"
        f"山东,https://WWW.feicheng.gov.cn/col/col1/index.html,{CODE.lower()},肥城市 住建局,370983\n"
    )
    (row,) = found
    assert row.host == "www.feicheng.gov.cn"
    assert row.url.endswith("/col/col1/index.html")
    assert row.province == "山东"
    assert row.agency == {
        "id": f"cn-{CODE}",
        "name": "肥城市住建局",
        "credit_code": CODE,
        "division": "370983",
    }


def test_an_agency_without_a_code_has_the_id_that_reports_would_give_it():
    found, _ = rows("name,site\n某局,a.gov.cn\n某 局,b.gov.cn\n")
    assert found[0].agency["id"] == found[1].agency["id"]
    assert found[0].agency["id"].startswith("name-")


def test_what_cannot_be_right_is_left_out_and_told():
    (row,) = rows("name,site,code,division\n某局,a.gov.cn,11370983004351377X,3709\n")[0]
    assert (row.credit_code, row.division) == (None, None)
    assert len(row.doubts) == 2
    assert "line 2: credit code 11370983004351377X fails" in row.doubts[0]


@pytest.mark.parametrize(
    "site",
    ["", "无", "ftp://a.gov.cn", "http://", "javascript:alert(1)", "http://[::1", "a b.gov.cn"],
)
def test_a_line_without_a_site_that_can_be_asked_is_told(site: str):
    found, left_out = rows(f"name,site\n某局,{site}\n")
    assert not found
    assert left_out[0].startswith("line 2: no site")


def test_a_line_without_a_name_is_told_and_an_empty_one_is_nothing():
    found, left_out = rows("name,site\n,a.gov.cn\n,\n")
    assert not found
    assert len(left_out) == 1
    assert left_out[0].startswith("line 2: no name")


def test_a_roster_without_headings_is_refused_with_those_that_are_known():
    with pytest.raises(ConfigurationError, match="单位名称"):
        rows("某局,a.gov.cn\n")


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"\xff" * 999, b'"' + b"x" * 200_000, b"PK"])
def test_a_file_that_is_no_roster_is_refused_in_one_line(data: bytes):
    with pytest.raises(ConfigurationError, match="roster"):
        read_roster(csv_cells(data))
