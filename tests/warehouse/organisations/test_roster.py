"""Rosters of who must report: headings in two languages, and what is wrong told line by line."""

import csv
import io

import pytest

from nianbao.errors import ConfigurationError
from nianbao.warehouse.organisations.known import national_deadlines, read_deadlines
from nianbao.warehouse.organisations.roster import Roster, read_roster

CODE = "11370983004351377Y"
HEAD = "单位名称,统一社会信用代码,网站标识码,行政区划代码,类别,上级单位,起始年度,终止年度,网站编号"
PORTALS = {"shandong/feicheng"}


def roster(*lines: str, head: str = HEAD) -> Roster:
    rows = list(csv.reader(io.StringIO("\n".join((head, *lines)))))
    return read_roster(rows, "r.csv", PORTALS)


def test_every_column_is_read() -> None:
    line = f"肥城市住建局,{CODE.lower()},3709830001,370983,部门,肥城市人民政府,2019,2024年,shandong/feicheng"
    [entry] = roster(line).entries
    assert (entry.name, entry.source, entry.credit_code) == ("肥城市住建局", "r.csv:2", CODE)
    assert (entry.site_code, entry.division, entry.kind) == ("3709830001", "370983", "department")
    assert (entry.parent, entry.portal) == ("肥城市人民政府", "shandong/feicheng")
    assert (entry.obliged_from, entry.obliged_to) == (2019, 2024)


def test_english_headings_and_days_for_years_will_do() -> None:
    head = "Name,Credit code,Division,Kind,Parent,Obliged from,Obliged to,Portal"
    [entry] = roster("肥城市商务局,,370983,department,,2019-05-15,2024/12/31,", head=head).entries
    assert (entry.obliged_from, entry.obliged_to) == (2019, 2024)


def test_headings_may_stand_below_a_title() -> None:
    rows = [["2026年应报机关名单", ""], ["机关名称", "行政区划代码"], ["肥城市商务局", "370983"]]
    assert read_roster(rows, "r").entries[0].source == "r:3"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",,,370983,,,,,", "no name"),
        (f"甲局,{CODE[:-1]}X,,,,,,,", "its last character should be Y"),
        ("甲局,1137098300435,,,,,,,", "13 characters where there should be 18"),
        ("甲局,11370983004351O77Y,,,,,,,", "no credit code has"),
        ("甲局,,37098,,,,,,", "site code 37098"),
        ("甲局,,,370999,,,,,", "no administrative division has the code 370999"),
        ("甲局,,,3709,,,,,", "no administrative division has the code 3709"),
        ("甲局,,,,公司,,,,", "kind 公司 is none of"),
        ("甲局,,,,,,去年,,", "obliged_from 去年 is no year"),
        ("甲局,,,,,,2022,2020,", "2022 comes after obliged to 2020"),
        ("甲局,,,,,,,,shandong/nowhere", "there is no portal shandong/nowhere"),
        ("甲�局,,,,,,,,", "neither UTF-8 nor GBK"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: str, message: str) -> None:
    found = roster("肥城市商务局,,,370983,,,,,", line)
    [error] = found.errors
    assert error.line == 3
    assert message in error.message
    assert [entry.name for entry in found.entries] == ["肥城市商务局"]


@pytest.mark.parametrize("again", [f"乙局,{CODE},,,,,,,", "甲局,,,370983,,,,,"])
def test_a_body_is_named_once(again: str) -> None:
    found = roster(f"甲局,{CODE},,370983,,,,,", again)
    assert [(one.line, one.severity) for one in found.errors] == [(3, "error")]


def test_a_body_may_be_named_again_for_other_years() -> None:
    found = roster(f"甲局,{CODE},,,,,2014,2018,", f"甲局,{CODE},,,,,2021,,")
    assert not found.errors


def test_two_places_may_each_have_a_body_of_one_name() -> None:
    assert not roster("商务局,,,410402,,,,,", "商务局,,,130902,,,,,").errors


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("肥城市商务局,,,410711,,,,,", "the name says 370983, the division 410711"),
        ("下城区商务局,,,330103,,,,,", "was there until 2020"),
        (
            "肥城市商务局,,,370983,,肥城市人民政府,,,",
            "the parent 肥城市人民政府 is not in this roster",
        ),
    ],
)
def test_what_is_only_odd_is_a_warning(line: str, message: str) -> None:
    found = roster(line)
    assert not found.errors
    assert message in " ".join(one.message for one in found.problems)


def test_a_table_without_a_heading_for_the_name_is_no_roster() -> None:
    with pytest.raises(ConfigurationError, match="no row with a heading for the name"):
        read_roster([["a", "b"], ["c", "d"]], "r.csv")


def test_national_deadlines_are_data_with_their_basis() -> None:
    rules = {
        (rule["first_year"], rule["kind"]): (rule["month"], rule["day"])
        for rule in national_deadlines()
    }
    assert rules == {
        (2008, None): (3, 31),
        (2019, "department"): (1, 31),
        (2019, "government"): (3, 31),
    }
    assert all(rule["basis"] for rule in national_deadlines())


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", "first_year,last_year,kind,level,place,scope,month,day,basis\n2019,,,,,,x,1,b\n",
     "first_year,last_year,kind,level,place,scope,month,day,basis\n2019,,,,,,,31,b\n"],
)  # fmt: skip
def test_a_broken_file_of_deadlines_is_an_error(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"rules\.csv"):
        read_deadlines(text, "rules.csv")
