"""The tables about organisations, as a build fills them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from nianbao.model import Agency, Portal, RosterEntry
from support.world import World, report

Query = Callable[[Path, str], list[tuple[object, ...]]]

HANGZHOU = (
    Agency(id="xc-commerce", name="下城区商务局", division="330103"),
    Agency(id="gs-commerce", name="拱墅区商务局", division="330105"),
    Agency(id="gs", name="杭州市拱墅区人民政府", division="330105", kind="government"),
    Agency(id="hz", name="杭州市人民政府", division="330100", kind="government"),
)
FEICHENG = Agency(id="fc", name="肥城市人民政府", division="370983", kind="government")


@pytest.fixture(scope="module")
def hangzhou(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A district that was merged into another, departments that were, and a report on two sites."""
    world = World(tmp_path_factory.mktemp("hangzhou"))
    world.portals = [
        Portal(id="p/site", name="杭州", family="hanweb", agencies=HANGZHOU),
        Portal(id="p/feicheng", name="s", family="hanweb", agencies=(FEICHENG,)),
        Portal(id="p/inbox", name="收件箱", family="inbox"),
    ]
    world.known = replace(
        world.known,
        roster=(
            RosterEntry(
                "拱墅区粮食局",
                "r.csv:2",
                division="330105",
                obliged_to=2019,
                successor="拱墅区商务局",
            ),
            RosterEntry("拱墅区体育局", "r.csv:3", division="330105", parent="杭州市人民政府"),
        ),
    )
    for name, year in (
        ("下城区商务局", 2020),
        ("拱墅区商务局", 2021),
        ("杭州市拱墅区商务局", 2022),
        ("拱墅区环境保护局", 2017),
        ("拱墅区生态环境局", 2019),
        ("邹平县教育局", 2016),
        ("邹平市教育局", 2020),
        ("临平区教育局", 2021),
    ):
        world.serve(f"http://x/{name}", name, report(name, year))
    world.serve("http://y/1", "finance", report("肥城市财政局"), portal="p/feicheng")
    world.serve("http://y/2", "same", report("商务局"), portal="p/feicheng")
    world.serve("/inbox/1.txt", "same", report("商务局"), portal="p/inbox")
    return world


@pytest.fixture(scope="module")
def path(hangzhou: World) -> Path:
    return hangzhou.build()


def test_a_body_has_its_place_theme_and_kind(path: Path, query: Query) -> None:
    columns = "kind, theme, level, division, division_2020, province, prefecture, county, valid_to"
    rows = query(path, f"SELECT {columns} FROM organisations WHERE org_id = 'xc-commerce'")
    assert rows == [
        ("department", "commerce", "county", "330103", "330103", "浙江省", "杭州市", "下城区", 2020)
    ]


def test_the_government_of_its_place_is_above_a_body(path: Path, query: Query) -> None:
    rows = query(path, "SELECT name, parent_org_id FROM organisations WHERE registered")
    parents = dict(rows)
    assert parents["拱墅区商务局"] == "gs"
    assert parents["杭州市拱墅区人民政府"] == "hz"
    assert parents["拱墅区体育局"] == "hz"


def test_a_series_is_followed_through_a_merger(path: Path, query: Query) -> None:
    """下城区商务局 2020 → 拱墅区商务局 2021, the reports of each staying its own."""
    rows = query(
        path,
        "SELECT report_year, r.organisation FROM organisation_lineage l JOIN reports r USING (org_id) "
        "WHERE l.latest_id = 'gs-commerce' ORDER BY report_year",
    )
    assert rows == [(2020, "下城区商务局"), (2021, "拱墅区商务局"), (2022, "拱墅区商务局")]


def test_successions_say_when_and_why(path: Path, query: Query) -> None:
    rows = query(
        path,
        "SELECT a.name, b.name, s.report_year, s.reason FROM organisation_successions s "
        "JOIN organisations a ON a.org_id = s.org_id JOIN organisations b ON b.org_id = s.successor_id",
    )
    assert sorted(rows) == sorted(
        [
            ("下城区商务局", "拱墅区商务局", 2021, "merged"),
            ("拱墅区环境保护局", "拱墅区生态环境局", 2019, "reform_2018"),
            ("拱墅区粮食局", "拱墅区商务局", 2020, "roster"),
        ]
    )


def test_a_renamed_county_is_one_place_under_the_code_of_each_year(
    path: Path, query: Query
) -> None:
    rows = query(
        path,
        "SELECT report_year, p.division, p.division_2020, p.county FROM organisation_places p "
        "JOIN organisation_names n USING (org_id) WHERE n.name = '邹平县教育局' "
        "AND report_year IN (2017, 2018) ORDER BY 1",
    )
    assert rows == [(2017, "371626", "371681", "邹平县"), (2018, "371681", "371681", "邹平市")]


def test_both_names_of_a_renamed_county_s_body_are_its_names(path: Path, query: Query) -> None:
    rows = query(
        path,
        "SELECT count(DISTINCT org_id), count(*) FROM organisation_names WHERE name LIKE '邹平%教育局'",
    )
    assert rows == [(1, 2)]


def test_a_division_that_began_later_has_the_code_of_2020_that_covered_it(
    path: Path, query: Query
) -> None:
    rows = query(
        path, "SELECT code, code_2020, place FROM divisions WHERE code IN ('330113', '330114')"
    )
    assert sorted(rows) == [("330113", "330110", "330113"), ("330114", None, "330114")]


def test_a_body_is_in_no_place_after_its_division_has_ended(path: Path, query: Query) -> None:
    rows = query(
        path, "SELECT max(report_year) FROM organisation_places WHERE org_id = 'xc-commerce'"
    )
    assert rows == [(2020,)]


def test_ids_given_to_names_are_listed_once_each(path: Path, query: Query) -> None:
    rows = query(
        path,
        "SELECT given_id FROM organisation_ids GROUP BY given_id HAVING count(DISTINCT org_id) > 1",
    )
    assert rows == []


def test_the_same_bytes_on_two_sites_are_the_report_of_one_body(path: Path, query: Query) -> None:
    rows = query(
        path,
        "SELECT count(*), any_value(division) FROM reports JOIN organisations USING (org_id) "
        "WHERE organisation_printed = '商务局'",
    )
    assert rows == [(1, "370983")]


def test_a_body_that_a_record_names_later_can_be_found_by_its_first_id(
    hangzhou: World, path: Path, query: Query
) -> None:
    finance = "SELECT org_id FROM reports WHERE organisation_printed = '肥城市财政局'"
    [(first,)] = query(path, finance)
    hangzhou.known = replace(hangzhou.known, identities={("肥城市财政局", "370983"): str(first)})
    agency = Agency(id="finance", name="肥城市财政局", division="370983")
    hangzhou.portals = [
        *hangzhou.portals,
        Portal(id="p/later", name="s", family="hanweb", agencies=(agency,)),
    ]
    rows = query(hangzhou.build("later.duckdb"), "SELECT given_id, org_id FROM organisation_ids")
    assert (first, "finance") in rows
