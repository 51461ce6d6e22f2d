"""Which report was in time, and which may be called missing.

A build costs more than what is asked of it. So each scene stands above the test that it is for, in a
county of its own, and all of them are built as one warehouse.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from nianbao.errors import ReadError
from nianbao.model import Agency
from nianbao.model.portal import Count, Expected, Validity
from nianbao.reports.parsed import Reading
from nianbao.warehouse.organisations.known import read_deadlines
from support.scenes import LATER, Scene, Setup, play
from support.world import World, report

Query = Callable[[Path, str], list[tuple[object, ...]]]

SCENES: dict[str, Setup] = {}
BUREAU = "商务局"


def scene(setup: Setup) -> Setup:
    """Let a function set up one of the scenes of the warehouse."""
    SCENES[setup.__name__] = setup
    return setup


@dataclass
class Told:
    """What the warehouse of all scenes says."""

    world: World
    scenes: dict[str, Scene]
    path: Path
    rows: dict[tuple[object, object], tuple[object, ...]]

    def __call__(self, name: str, body: str = BUREAU, year: int = 2021) -> tuple[object, ...]:
        """Return status and reason of a body of a scene; of several scopes, that of the report."""
        return self.rows[self.scenes[name].place + body, year]

    def site(self, name: str) -> str:
        """Return a condition for the reports of a scene's site."""
        return f"portal_id = '{self.scenes[name].site.id}' AND report_id IS NOT NULL"


STATUSES = (
    "SELECT organisation, report_year, status, reason FROM coverage ORDER BY report_id NULLS FIRST"
)


def statuses(rows: list[tuple[object, ...]]) -> dict[tuple[object, object], tuple[object, ...]]:
    return {(name, year): (status, reason) for name, year, status, reason in rows}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    world = World(tmp_path_factory.mktemp("coverage"))
    scenes = play(world, SCENES)
    path = world.build()
    return Told(world, scenes, path, statuses(ask(path, STATUSES)))


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(sql).fetchall()


@scene
def last_days(here: Scene) -> None:
    here.harvest_on("2022-06-01")
    here.serve("水利局", "2022-01-31")
    here.serve("审计局", "2022-02-01")
    here.serve("林业局", None)


def test_a_report_by_the_last_day_is_in_time_and_the_day_after_late(told: Told) -> None:
    found = {name: told("last_days", name)[0] for name in ("水利局", "审计局", "林业局")}
    assert found == {"水利局": "on_time", "审计局": "late", "林业局": "date_unknown"}


GOVERNMENTS = {
    "丁县人民政府": ("area", "2022-03-31"),
    "丁县人民政府(本级)": ("own_level", "2022-03-31"),
    "丁县人民政府办公室": ("agency", "2022-01-31"),
}


@scene
def governments(here: Scene) -> None:
    here.harvest_on("2022-06-01")
    for name, (scope, _) in GOVERNMENTS.items():
        here.serve_as(name, report(name, scope=scope))


def test_a_government_has_until_the_end_of_march_its_office_until_january(
    told: Told, query: Query
) -> None:
    found = query(
        told.path,
        "SELECT organisation_printed, c.scope, deadline::VARCHAR FROM coverage c "
        f"JOIN reports USING (report_id) WHERE c.{told.site('governments')}",
    )
    assert sorted(found) == sorted((name, *facts) for name, facts in GOVERNMENTS.items())


@scene
def old_regulation(here: Scene) -> None:
    here.harvest_on("2022-06-01")
    here.serve_as("town", replace(report("甲镇人民政府", 2018), published_on="2019-03-31"))


def test_before_the_regulation_of_2019_all_have_until_the_end_of_march(
    told: Told, query: Query
) -> None:
    sql = f"SELECT report_year, status FROM coverage WHERE {told.site('old_regulation')}"
    assert query(told.path, sql) == [(2018, "on_time")]


@scene
def fetched_in_time(here: Scene) -> None:
    here.harvest_on("2022-01-25")
    here.serve("水利局", "2022-02-15")


def test_what_was_fetched_in_time_was_in_time_whatever_is_printed_later(told: Told) -> None:
    assert told("fetched_in_time", "水利局")[0] == "on_time"


@scene
def corrected(here: Scene) -> None:
    here.harvest_on("2022-06-01")
    for day in ("2022-01-20", "2022-05-20"):
        here.serve_as("one", replace(report("甲局"), published_on=day))


def test_a_correction_makes_no_report_late(told: Told, query: Query) -> None:
    sql = f"SELECT status, published_on::VARCHAR FROM coverage WHERE {told.site('corrected')}"
    assert query(told.path, sql) == [("on_time", "2022-01-20")]


@scene
def stamped_later(here: Scene) -> None:
    here.harvest_on("2022-06-01")
    here.serve("水利局", "2022-05-20", lead_published_on="2022-01-31")


def test_the_day_of_the_list_counts_where_the_page_was_stamped_later(told: Told) -> None:
    assert told("stamped_later", "水利局")[0] == "on_time"


@scene
def moved(here: Scene) -> None:
    here.harvest_on("2023-06-01")
    for year in (2018, 2019, 2020):
        for name in ("水利局", "审计局"):
            body = replace(report(here.place + name, year), published_on="2022-11-11")
            here.serve_as(f"{name}{year}", body)


def test_one_day_for_the_reports_of_many_years_is_when_the_site_was_moved(
    told: Told, query: Query
) -> None:
    sql = f"SELECT DISTINCT status, reason FROM coverage WHERE {told.site('moved')}"
    assert query(told.path, sql) == [("date_unknown", "stamped_anew")]


@scene
def too_early(here: Scene) -> None:
    here.harvest_on("2022-06-01")
    here.serve("水利局", "2021-03-01")


def test_a_day_before_the_year_was_over_is_no_day(told: Told) -> None:
    assert told("too_early", "水利局") == ("date_unknown", "date_before_the_end_of_the_year")


@scene
def read_in_full(here: Scene) -> None:
    here.read_in_full()


def test_absent_is_what_a_portal_read_in_full_after_the_deadline_does_not_have(told: Told) -> None:
    assert told("read_in_full") == ("absent", None)
    assert told("read_in_full", "教育局") == ("on_time", None)


def test_nothing_is_missing_before_the_deadline(world: World, query: Query) -> None:
    def early(here: Scene) -> None:
        here.harvest_on("2022-01-31")
        here.ask()
        here.finish()

    here = play(world, {"early": early})["early"]
    found = statuses(query(world.build(), STATUSES))
    assert found[here.place + BUREAU, 2021] == ("not_due", "before_the_deadline")


REFUSALS = {
    "blocked": "blocked",
    "refused_by_robots": "refused_by_robots",
    "failed": "list_failed",
    "over_limit": "list_failed",
}


@scene
def not_in_full(here: Scene) -> None:
    here.harvest_on(LATER)
    for outcome in REFUSALS:
        portal = here.add_site(outcome, here.agency(f"{outcome}局"))
        here.ask(portal=portal)
        here.ask(outcome, portal=portal)
        here.finish(portal)


def test_a_list_that_was_not_read_in_full_proves_nothing(told: Told) -> None:
    found = {outcome: told("not_in_full", f"{outcome}局") for outcome in REFUSALS}
    assert found == {outcome: ("not_seen", reason) for outcome, reason in REFUSALS.items()}


@scene
def killed(here: Scene) -> None:
    here.harvest_on(LATER)
    here.ask()


def test_a_harvest_that_was_killed_proves_nothing(told: Told) -> None:
    assert told("killed") == ("not_seen", "harvest_not_finished")


@scene
def before_the_deadline(here: Scene) -> None:
    here.harvest_on("2022-01-30")
    here.ask()
    here.finish()
    here.harvest_on(LATER)
    here.ask(portal=here.add_site("other"))


def test_a_harvest_before_the_deadline_proves_nothing(told: Told) -> None:
    assert told("before_the_deadline") == ("not_seen", "not_harvested_since_deadline")


@scene
def on_the_last_day(here: Scene) -> None:
    here.harvest_on("2022-01-31")
    here.ask()
    here.finish()
    here.harvest_on(LATER)
    here.ask("blocked")


def test_a_harvest_on_the_last_day_in_china_is_not_after_it(told: Told) -> None:
    assert told("on_the_last_day") == ("not_seen", "blocked")


@scene
def after_another_year(here: Scene) -> None:
    here.harvest_on(LATER)
    here.ask()
    here.finish(years=[2020])


def test_a_harvest_that_was_after_another_year_proves_nothing(told: Told) -> None:
    assert told("after_another_year") == ("not_seen", "not_harvested_since_deadline")
    assert told("after_another_year", year=2020) == ("absent", None)


@scene
def short_list(here: Scene) -> None:
    here.read_in_full()
    here.change_site(years=None)


def test_a_list_that_does_not_go_back_so_far_proves_nothing(told: Told) -> None:
    assert told("short_list", year=2020) == ("not_seen", "year_not_covered")
    assert told("short_list", year=2021) == ("absent", None)


@scene
def known_to_be_empty(here: Scene) -> None:
    here.read_in_full()
    here.change_site(years=None, expected=Expected(years={2020: Count(max=0)}))


def test_a_year_that_is_known_to_be_empty_is_covered(told: Told) -> None:
    assert told("known_to_be_empty", year=2020) == ("absent", None)


@scene
def not_read(here: Scene) -> None:
    here.harvest_on(LATER)
    sites = [
        here.add_site("disabled", here.agency("disabled局"), enabled=False),
        here.add_site("inbox", here.agency("inbox局"), family="inbox"),
    ]
    here.add_site("never", here.agency("never局"))
    for portal in sites:
        here.ask(portal=portal)
        here.finish(portal)


def test_a_portal_that_is_not_read_proves_nothing(told: Told) -> None:
    assert told("not_read", "disabled局") == ("not_seen", "portal_disabled")
    assert told("not_read", "inbox局") == ("not_seen", "inbox")
    assert told("not_read", "never局") == ("not_seen", "never_harvested")


@scene
def second_site(here: Scene) -> None:
    here.read_in_full()
    here.add_site("second", here.bureau)


def test_absence_has_to_be_proved_by_every_portal_of_a_body(told: Told) -> None:
    assert told("second_site") == ("not_seen", "never_harvested")


@scene
def no_site(here: Scene) -> None:
    here.read_in_full()
    here.add_to_roster("财政局")


def test_a_body_without_a_portal_is_not_seen(told: Told) -> None:
    assert told("no_site", "财政局") == ("not_seen", "no_portal")


def scan(here: Scene, **lead: object) -> None:
    """Let the site list a document that nobody can read."""
    here.read_in_full()
    sha256 = here.serve("scan", **lead)
    here.spoil(sha256, Reading(sha256, found=(ReadError("scan", "a picture"),)))


@scene
def unread_and_named(here: Scene) -> None:
    scan(here, lead_title=f"{here.place}商务局2021年年报")


@scene
def unread_and_nobodys(here: Scene) -> None:
    scan(here, lead_title="2021年年报")


@pytest.mark.parametrize("name", ["unread_and_named", "unread_and_nobodys"])
def test_a_document_that_nobody_could_read_may_be_the_report(told: Told, name: str) -> None:
    assert told(name) == ("not_seen", "unread_document")


@scene
def unread_of_another(here: Scene) -> None:
    scan(here, lead_title=f"{here.place}教育局2021年年报")


def test_an_unread_document_of_another_body_is_not_its_report(told: Told) -> None:
    assert told("unread_of_another") == ("absent", None)


@scene
def unread_of_the_list_s_agency(here: Scene) -> None:
    scan(here, lead_title=f"{here.place}商务局2021年年报", lead_agency=here.other.id)


def test_whose_an_unread_document_is_the_list_says_before_its_title(told: Told) -> None:
    assert told("unread_of_the_list_s_agency") == ("absent", None)


@scene
def unread_of_another_year(here: Scene) -> None:
    scan(here, lead_report_year=2019)


def test_an_unread_document_of_another_year_is_not_its_report(told: Told) -> None:
    assert told("unread_of_another_year") == ("absent", None)


@scene
def unread_of_any_year(here: Scene) -> None:
    scan(here, lead_report_year=None)


def test_an_unread_document_of_an_untold_year_may_be_any_year_s(told: Told) -> None:
    assert told("unread_of_any_year") == ("not_seen", "unread_document")
    assert told("unread_of_any_year", year=2020) == ("not_seen", "unread_document")


@scene
def failed_before(here: Scene) -> None:
    here.harvest_on("2022-02-15")
    here.ask("failed", purpose="report", lead_title="商务局2021年年报", lead_report_year=2021)
    here.read_in_full()


def test_a_page_that_failed_and_is_listed_no_more_is_no_doubt(told: Told) -> None:
    assert told("failed_before") == ("absent", None)


@scene
def failed(here: Scene) -> None:
    here.read_in_full()
    here.ask("failed", purpose="report", lead_title="商务局2021年年报", lead_report_year=2021)


def test_a_listed_page_that_failed_may_be_the_report(told: Told) -> None:
    assert told("failed") == ("not_seen", "unread_document")


@scene
def waiting(here: Scene) -> None:
    here.read_in_full()
    here.ask(purpose="report", sha256="f" * 64, lead_report_year=2021)


def test_a_document_that_waits_to_be_read_may_be_the_report(told: Told) -> None:
    assert told("waiting") == ("not_seen", "unread_document")


@scene
def another_name(here: Scene) -> None:
    here.read_in_full()
    here.serve("商务和粮食局")


def test_a_report_of_an_unknown_body_of_the_same_kind_may_be_its_own(told: Told) -> None:
    assert told("another_name") == ("not_seen", "maybe_under_another_name")


@scene
def another_theme(here: Scene) -> None:
    here.read_in_full()
    here.serve("水利局")


def test_a_report_of_an_unknown_body_of_another_kind_is_not_its_own(told: Told) -> None:
    assert told("another_theme") == ("absent", None)


@scene
def untold_theme(here: Scene) -> None:
    here.read_in_full()
    here.serve("甲局")


def test_a_report_of_an_unknown_body_of_an_untold_kind_may_be_its_own(told: Told) -> None:
    assert told("untold_theme") == ("not_seen", "maybe_under_another_name")


@scene
def another_year_printed(here: Scene) -> None:
    here.read_in_full()
    here.serve_as("nine", report(here.bureau.name, 2020), lead_report_year=2021)


def test_a_report_that_prints_another_year_than_its_list_is_not_missing(told: Told) -> None:
    assert told("another_year_printed") == ("not_seen", "prints_another_year")


@scene
def empty_page(here: Scene) -> None:
    here.harvest_on(LATER)
    page = {"lead_agency": here.bureau.id, "lead_report_year": 2021}
    here.ask("blocked", purpose="report", status=200, **page)


def test_a_page_of_an_agency_and_year_that_is_empty_proves_absence(told: Told) -> None:
    assert told("empty_page") == ("absent", None)
    assert told("empty_page", "教育局") == ("not_seen", "page_not_answered")


@scene
def refused_page(here: Scene) -> None:
    here.harvest_on(LATER)
    page = {"lead_agency": here.bureau.id, "lead_report_year": 2021}
    here.ask("blocked", purpose="report", status=403, **page)


def test_a_page_that_was_refused_proves_nothing(told: Told) -> None:
    assert told("refused_page") == ("not_seen", "page_not_answered")


@scene
def own_level(here: Scene) -> None:
    government = here.agency("人民政府", kind="government")
    here.read_in_full()
    here.change_site(agencies=(government,))
    here.serve("人民政府")
    body = replace(report(government.name, scope="own_level"), published_on="2022-03-01")
    here.serve_as("own", body)
    here.harvest_on("2022-05-01")
    here.ask()
    here.finish()


def test_a_government_that_published_for_its_own_level_has_published(
    told: Told, query: Query
) -> None:
    org_id = told.scenes["own_level"].id_of("人民政府")
    owed = f"SELECT scope FROM coverage WHERE org_id = '{org_id}' AND report_year = 2021"
    assert sorted(query(told.path, owed)) == [("agency",), ("own_level",)]


TOWN = "石横镇人民政府"


@scene
def town(here: Scene) -> None:
    here.read_in_full()
    here.change_site(agencies=(here.agency(TOWN, kind=None), here.other))


@scene
def town_with_a_rule(here: Scene) -> None:
    town(here)
    rule = (
        "first_year,last_year,kind,level,place,scope,month,day,basis\n"
        f"2019,,township,,{here.division[:4]},,1,31,local\n"
    )
    here.world.known = replace(here.world.known, deadlines=read_deadlines(rule, "rules"))


def test_a_town_owes_nothing_unless_a_local_rule_says_so(told: Told) -> None:
    assert told("town", TOWN) == ("not_due", "no_rule")
    assert told("town_with_a_rule", TOWN) == ("absent", None)


@scene
def ended_or_not_founded(here: Scene) -> None:
    here.read_in_full()
    later = here.agency("新局", validity=Validity(first=2022))
    here.change_site(agencies=(here.agency(BUREAU, validity=Validity(last=2020)), later))


def test_nothing_is_due_of_a_body_that_is_not_there(told: Told) -> None:
    assert told("ended_or_not_founded") == ("not_due", "ended")
    assert told("ended_or_not_founded", "新局") == ("not_due", "not_yet_founded")


@scene
def division_ended(here: Scene) -> None:
    here.read_in_full()
    gone = Agency(id="gone", name="下城区商务局", division="330103")
    here.change_site(agencies=(gone, here.other))


def test_nothing_is_due_of_a_body_whose_division_has_ended(told: Told) -> None:
    assert told.rows["下城区商务局", 2021] == ("not_due", "ended")
    assert told.rows["下城区商务局", 2020] == ("absent", None)


@scene
def left_out(here: Scene) -> None:
    here.read_in_full()
    here.add_to_roster(BUREAU, obliged_to=2020)


def test_nothing_is_due_in_years_that_a_roster_leaves_out(told: Told) -> None:
    assert told("left_out") == ("not_due", "not_obliged")


@scene
def undeclared(here: Scene) -> None:
    here.read_in_full()
    here.serve("水利局")
    here.harvest_on("2023-05-01")
    here.ask()
    here.finish()


def test_a_body_that_only_reports_name_is_never_missing(told: Told) -> None:
    assert told("undeclared", "水利局", 2022) == ("not_seen", "on_no_roster")
    assert told("undeclared", year=2022) == ("absent", None)


def test_a_body_that_only_reports_name_does_not_count_for_its_county_s_completeness(
    told: Told, query: Query
) -> None:
    columns = "report_year, bodies_obliged, bodies_with_report, completeness, reports"
    county = f"division_2020 = '{told.scenes['undeclared'].division}' AND report_year > 2020"
    rows = query(told.path, f"SELECT {columns} FROM county_yearly WHERE {county} ORDER BY ALL")
    assert rows == [(2021, 2, 1, 0.5, 2), (2022, 2, 0, 0, 0)]


def test_a_rebuild_says_the_same_whatever_the_day(told: Told, query: Query) -> None:
    rows = "SELECT * FROM coverage ORDER BY ALL"
    assert query(told.path, rows) == query(told.world.build("again.duckdb"), rows)
    newest = "SELECT DISTINCT as_of::VARCHAR FROM coverage"
    assert query(told.path, newest) == [("2023-06-01",)]
