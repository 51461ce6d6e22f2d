"""Real and sample reports beside each other: asked for by place, theme and year."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from nianbao.pipeline.roster import add_roster
from nianbao.sample.roster import load_roster
from support.sample_run import SampleRun, sample_run

SAMPLE = {"云汀市", "青岫县", "石翎区"}
WHERE = {
    "下城区商务局": ("浙江省", "杭州市", "下城区", "commerce"),
    "新乡市牧野区商务局": ("河南省", "新乡市", "牧野区", "commerce"),
    "二七区工业和信息化局": ("河南省", "郑州市", "二七区", "industry"),
    "肥城市商务局": ("山东省", "泰安市", "肥城市", "commerce"),
    "乌苏市商务和工业信息化局": ("新疆维吾尔自治区", "塔城地区", "乌苏市", "commerce"),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[SampleRun]:
    """The sample portals, with the founding reports put into the inbox beside the sample's files."""
    with sample_run(tmp_path_factory.mktemp("beside")) as run:
        for text in sorted(seeds.glob("*.txt")):
            shutil.copy(text, run.inbox)
        roster = run.inbox.parent / "roster.csv"
        roster.write_text(
            "单位名称,行政区划代码\n" + "\n".join(f"{name}," for name in WHERE), "utf-8"
        )
        run.harvest()
        run.read()
        run.publish()
        yield run


@pytest.mark.seeds
def test_the_founding_reports_are_found_by_place_theme_and_year(
    published: SampleRun, seeds: Path
) -> None:
    expected = {
        (data["organisation"], data["report_year"], *WHERE[data["organisation"]])
        for path in seeds.glob("*.expected.json")
        if "organisation" in (data := json.loads(path.read_text("utf-8")))
    }
    found = published.query(
        "SELECT r.organisation_printed, r.report_year, p.province, p.prefecture, p.county, o.theme "
        "FROM reports r JOIN organisation_places p USING (org_id, report_year) "
        "JOIN organisations o USING (org_id)"
    )
    assert expected <= {*found}


@pytest.mark.seeds
def test_one_statement_has_them_beside_the_sample_s(published: SampleRun) -> None:
    found = published.query(
        "SELECT coalesce(p.county, p.prefecture) AS place, count(*) FROM reports r "
        "JOIN organisations o USING (org_id) JOIN organisation_places p USING (org_id, report_year) "
        "WHERE o.theme = 'commerce' AND r.report_year BETWEEN 2020 AND 2021 GROUP BY place"
    )
    assert {place for place, _ in found} == {"云汀市", "下城区", "牧野区", "肥城市", "乌苏市"}


@pytest.mark.seeds
def test_invented_places_have_the_names_that_their_bodies_print(published: SampleRun) -> None:
    names = published.query("SELECT name FROM divisions WHERE source = 'registry'")
    assert {name for (name,) in names} >= SAMPLE


@pytest.mark.seeds
def test_every_body_of_the_sample_has_its_kind_and_theme(published: SampleRun) -> None:
    rows = published.query("SELECT name, kind, theme FROM organisations WHERE registered")
    assert {agency.name for agency in load_roster().agencies} <= {name for name, *_ in rows}
    assert [row for row in rows if None in row] == []


@pytest.mark.seeds
def test_a_roster_changes_what_is_owed_and_no_id(
    published: SampleRun,
) -> None:
    before = dict(published.query("SELECT name, org_id FROM organisations"))
    statuses = "SELECT status, count(*) FROM coverage WHERE report_id IS NULL GROUP BY ALL"
    assert dict(published.query(statuses)).get("absent", 0) > 0
    add_roster(published.settings, published.inbox.parent / "roster.csv")
    published.publish()
    after = dict(published.query("SELECT name, org_id FROM organisations"))
    assert before.items() <= after.items()
    assert published.query("SELECT count(*) FROM roster") == [(len(WHERE),)]
