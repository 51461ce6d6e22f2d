"""The roster: enough agencies over both forms, and the founding reports with their own figures."""

import json
from pathlib import Path

import pytest

from nianbao.sample.agencies import clean_reports
from nianbao.sample.roster import INBOX_ID, check_character, load_roster

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def test_there_are_forty_reports_of_ten_agencies_over_both_forms_on_two_hosts():
    portals = {portal.id: portal for portal in load_roster().portals}
    served = [r for r in clean_reports() if load_roster().portal_of(r.organisation) != INBOX_ID]
    assert len(served) >= 40
    assert len({report.organisation for report in served}) >= 10
    assert {report.form for report in served} == {"2019", "2021"}
    assert {portals[load_roster().portal_of(r.organisation)].host for r in served} == {0, 1}


def test_a_report_is_one_organisation_and_year():
    keys = [report.key for report in clean_reports()]
    assert len(keys) == len(set(keys))


def test_credit_codes_are_well_formed_and_unique():
    codes = [agency.credit_code for agency in load_roster().agencies]
    assert len(codes) == len(set(codes))
    for agency in load_roster().agencies:
        code = agency.credit_code
        assert (len(code), code[:2], code[2:8]) == (18, "11", agency.division)
        assert code.isalnum()
        assert code == code.upper()


@pytest.mark.parametrize("code", ["11370983004351377Y", "11370900752680889G", "11370900004341478Q"])
def test_check_characters_are_those_of_codes_in_use(code):
    assert check_character(code[:17]) == code[17]


def test_invented_divisions_are_not_assigned():
    assert all(agency.division.startswith("99") for agency in load_roster().agencies)


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the founding reports are not here")
@pytest.mark.parametrize(
    "path", sorted(SEEDS.glob("0*.expected.json")), ids=lambda path: path.name[:3]
)
def test_founding_reports_print_what_their_publishers_printed(path):
    expected = json.loads(path.read_text("utf-8"))
    key = expected["organisation"], expected["report_year"]
    (report,) = [report for report in clean_reports() if report.key == key]
    assert report.form == expected["form"]
    assert report.cells == {code: cell["raw"] for code, cell in expected["cells"].items()}
