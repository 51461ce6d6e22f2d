"""A roster imported from real sites on loopback: records, triage, resumption, politeness."""

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook

from nianbao.pipeline.portals_import import Import, import_roster
from nianbao.pipeline.portals_survey import Manner
from nianbao.pipeline.portals_triage import Triage, TriageFile
from nianbao.portals import load_portals
from nianbao.sample.loopback import Served
from nianbao.settings import Settings
from support.portal_sites import (
    AGENCIES,
    BLOCKED,
    EMPTY,
    HANWEB,
    HANWEB_AGENCIES,
    NOTHING,
    TRS,
    VSB,
    answering,
    several,
)

CODE = "11370983004351377Y"
LOOPBACK = ("127.0.0.0/8",)


def run(
    folder: Path, roster: Path, *, pace: float = 0, again: frozenset[str] = frozenset()
) -> dict[str, Triage]:
    settings = Settings(home=folder / "home", portals_dir=folder / "portals")
    hosts = tuple(f"127.0.0.{number}" for number in range(11, 20))
    wanted = Import(folder / "triage.csv", again, Manner(pace, hosts, LOOPBACK))
    return {row.host: row for row in import_roster(settings, roster, wanted)}


def write_roster(folder: Path, *lines: str, head: str = "name,site,code,division") -> Path:
    path = folder / "roster.csv"
    path.write_text("\n".join((head, *lines)) + "\n", "gb18030")
    return path


def records(folder: Path) -> dict[str, str]:
    return {portal.id: portal.family for portal in load_portals(folder / "portals")}


def paths(served: Served) -> list[str]:
    return [request.target for request in served.requests]


def test_every_host_is_told_and_the_good_ones_have_records(tmp_path: Path):
    challenge = answering(BLOCKED, status=412)
    closed = answering(TRS, robots="User-agent: *\nDisallow: /\n")
    sites = (TRS, VSB, HANWEB, EMPTY, NOTHING)
    with several(*map(answering, sites), challenge, closed) as served:
        lines = [f"某县第{n}局,{one.netloc},,370983" for n, one in enumerate(served)]
        rows = run(tmp_path, write_roster(tmp_path, *lines, "石局,www.gov.cn.example,,"))
    trs, vsb, hanweb, empty, nothing, blocked, refused = (rows[one.netloc] for one in served)
    assert [(row.status, row.family) for row in (trs, vsb, hanweb, empty)] == [
        ("ready", "trs"),
        ("ready", "vsb"),
        ("ready", "hanweb"),
        ("empty", "trs"),
    ]
    assert nothing.status == "needs a hand"
    assert (blocked.status, refused.status) == ("blocked", "blocked")
    assert "412" in blocked.reason
    assert "robots.txt" in refused.reason
    assert rows["www.gov.cn.example"].reason.startswith("not asked")
    by_id = {portal.id: portal for portal in load_portals(tmp_path / "portals")}
    assert sorted(row.record for row in rows.values() if row.record) == sorted(
        f"{portal_id}.yaml" for portal_id in by_id
    )
    assert [by_id[row.record[:-5]].enabled for row in (trs, vsb, hanweb, empty)] == [
        True,
        True,
        True,
        False,
    ]
    assert {portal_id.split("/")[0] for portal_id in by_id} == {"shandong"}


def test_several_agencies_of_one_host_are_one_record(tmp_path: Path):
    with several(answering(TRS)) as (one,):
        roster = write_roster(
            tmp_path, f"某县商务局,{one.netloc},{CODE},", f"某县教育局,{one.url('/zfxxgk/')},,"
        )
        row = run(tmp_path, roster)[one.netloc]
    (portal,) = load_portals(tmp_path / "portals")
    assert (row.agencies, row.with_code) == (2, 1)
    assert [agency.name for agency in portal.agencies] == ["某县商务局", "某县教育局"]
    assert portal.start_urls == (one.url("/zfxxgk/zfxxgknb/"),)
    assert portal.name == "某县人民政府"


def test_many_agencies_go_to_a_file_beside_the_record(tmp_path: Path):
    with several(answering(TRS)) as (one,):
        roster = write_roster(tmp_path, *(f"某县第{n}局,{one.netloc}" for n in range(30)))
        run(tmp_path, roster)
    (portal,) = load_portals(tmp_path / "portals")
    assert len(portal.agencies) == 30
    assert portal.agencies_file == f"{portal.id.split('/')[1]}.csv"


def test_agencies_that_a_site_names_are_put_behind_those_of_the_roster(tmp_path: Path):
    first, second = AGENCIES
    with several(answering(HANWEB_AGENCIES)) as (one,):
        roster = write_roster(tmp_path, f"某县教育局,{one.netloc},{first},")
        row = run(tmp_path, roster)[one.netloc]
    (portal,) = load_portals(tmp_path / "portals")
    assert (row.status, row.agencies, row.found) == ("ready", 1, 2)
    assert [agency.name for agency in portal.agencies] == ["某县教育局", AGENCIES[second]]
    assert portal.params["annual_report_url"] == one.url("/module/xxgk/xxgkAnnualReport.jsp")
    assert portal.years


def test_a_workbook_is_a_roster_too(tmp_path: Path):
    with several(answering(VSB)) as (one,):
        book = Workbook()
        book.active.append(["2026年政府网站名单"])
        book.active.append(["单位名称", "网址", "行政区划代码"])
        book.active.append(["某县人民政府", one.url("/"), 370983])
        book.save(tmp_path / "roster.xlsx")
        assert run(tmp_path, tmp_path / "roster.xlsx")[one.netloc].status == "ready"
    assert list(records(tmp_path).values()) == ["vsb"]


def test_hosts_that_are_done_are_not_asked_again(tmp_path: Path):
    with several(answering(TRS), answering(BLOCKED, status=412)) as (good, blocked):
        roster = write_roster(tmp_path, f"甲局,{good.netloc}", f"乙局,{blocked.netloc}", ",,x")
        first = run(tmp_path, roster)
        asked = paths(good), paths(blocked)
        assert run(tmp_path, roster) == first
        assert (paths(good), paths(blocked)) == asked
        run(tmp_path, roster, again=frozenset({"blocked"}))
        assert paths(good) == asked[0]
        assert len(paths(blocked)) > len(asked[1])


def test_an_import_that_was_killed_goes_on_and_writes_nothing_twice(tmp_path: Path):
    with several(answering(TRS), answering(VSB)) as (one, two):
        roster = write_roster(tmp_path, f"甲局,{one.netloc}", f"乙局,{two.netloc}")
        run(tmp_path, roster)
        triage, before = tmp_path / "triage.csv", records(tmp_path)
        text = triage.read_bytes()
        # The kill came after the last host's record, in the middle of its line.
        triage.write_bytes(text[: text.rstrip().rfind(b"\n") + 12])
        assert set(run(tmp_path, roster)) == {one.netloc, two.netloc}
    assert records(tmp_path) == before
    assert not list((tmp_path / "portals").rglob("*.proposed*"))


def test_a_record_that_is_there_is_left_alone_and_a_proposal_put_beside_it(tmp_path: Path):
    with several(answering(TRS)) as (one,):
        mine = tmp_path / "portals" / "shandong" / "mine.yaml"
        mine.parent.mkdir(parents=True)
        mine.write_text(
            f"name: 我的\nfamily: static\nhosts: ['{one.netloc}']\nstart_urls: ['{one.url('/')}']\n"
        )
        before = mine.read_bytes()
        row = run(tmp_path, write_roster(tmp_path, f"甲局,{one.netloc}"))[one.netloc]
    assert mine.read_bytes() == before
    assert row.record == "shandong/mine.yaml.proposed"
    assert "family: trs" in (tmp_path / "portals" / row.record).read_text("utf-8")
    assert list(records(tmp_path)) == ["shandong/mine"]


def test_a_proposal_that_cannot_be_loaded_stays_out_of_the_registry(tmp_path: Path):
    with several(answering(TRS)) as (one,):
        # Shandong's code in a folder of Henan: one of the two is wrong.
        roster = write_roster(
            tmp_path, f"甲局,{one.netloc},{CODE},河南", head="name,site,code,province"
        )
        row = run(tmp_path, roster)[one.netloc]
    assert row.status == "needs a hand"
    assert "is not in henan" in row.reason
    assert row.record.endswith(".proposed")
    assert not records(tmp_path)


def test_a_host_is_asked_one_thing_at_a_time_and_not_faster_than_told(tmp_path: Path):
    with several(answering(TRS)) as (one,):
        run(tmp_path, write_roster(tmp_path, f"甲局,{one.netloc}"), pace=0.1)
        times = [request.at for request in one.requests]
        assert paths(one)[0] == "/robots.txt"
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(times))


def test_a_column_on_another_site_is_not_followed(tmp_path: Path):
    with several(answering({}), answering({})) as (other, _):
        pass
    link = f'<a href="http://{other.netloc}/nb/">政府信息公开年报</a>'
    home = TRS["/"].replace(b"</body>", link.encode() + b"</body>").replace(b"/zfxxgk/", b"/x/")
    with several(answering({"/": home})) as (one,):
        row = run(tmp_path, write_roster(tmp_path, f"甲局,{one.netloc}"))[one.netloc]
    assert row.status != "ready"


def test_a_host_that_a_list_links_to_is_not_allowed_unasked(tmp_path: Path):
    pages = dict(TRS)
    column = "/zfxxgk/zfxxgknb/"
    pages[column] = pages[column].replace(b"./202501/", b"http://www.gov-cn.example/", 1)
    with several(answering(pages)) as (one,):
        row = run(tmp_path, write_roster(tmp_path, f"甲局,{one.netloc}"))[one.netloc]
    (portal,) = load_portals(tmp_path / "portals")
    assert portal.hosts == (one.netloc,)
    assert row.reason == "reports on hosts that are not allowed: www.gov-cn.example"


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "host\n"])
def test_another_table_is_not_taken_for_a_triage(tmp_path: Path, text: str):
    path = tmp_path / "triage.csv"
    path.write_text(text)
    with pytest.raises(Exception, match="no triage table"):
        TriageFile(path).resume()
    assert path.read_text() == text


def test_a_triage_that_a_spreadsheet_saved_goes_on(tmp_path: Path):
    file = TriageFile(tmp_path / "triage.csv")
    file.resume()
    file.add(Triage("a.gov.cn", "blocked", reason="要求验证"))
    file.path.write_bytes(file.path.read_bytes().decode("utf-8-sig").encode("gbk"))
    assert [row.reason for row in file.resume()] == ["要求验证"]


def test_the_triage_opens_in_a_spreadsheet_as_utf_8(tmp_path: Path):
    file = TriageFile(tmp_path / "triage.csv")
    file.resume()
    file.add(Triage("a.gov.cn", "blocked", reason="要求\n验证"))
    assert file.path.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.path.open(encoding="utf-8-sig", newline="") as opened:
        assert next(csv.DictReader(opened))["reason"] == "要求 验证"
