"""The views of the series: what is printed, over all forms, and nothing where it is not."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import duckdb
import pytest

from nianbao.warehouse.series import load_series
from nianbao.warehouse.series.comments import comments
from nianbao.warehouse.series.statements import KEYS
from support.filled import applications, filled, reviews, statistics
from support.world import World

Ask = Callable[[str], list[tuple[object, ...]]]

ON_2014 = filled(
    "甲局",
    2018,
    "2014",
    statistics(
        received=9, closed=8, already_public=2, granted=3, partly_granted=1, refused=5,
        refused__trade_secret=1, refused__privacy=1, refused__not_government_information=3,
        not_this_body=1, not_existing=4, reviews=3, reviews__corrected=1,
        litigation=2, litigation__upheld=2,
    ),
)  # fmt: skip
ON_2019 = filled(
    "甲局",
    2019,
    "2019",
    {
        **applications(
            received=10, granted=4, partly_granted=1, refused__third_party=2,
            refused__internal_affairs=1, unavailable__not_held=2, not_processed__repeat=1, other=3,
            closed_total=14, carried_out=1,
        ),
        **reviews("review", upheld=1, corrected=1, other=1, pending=2, total=5),
        **reviews("litigation_direct", upheld=2, pending=1, total=3),
        **reviews("litigation_after_review", corrected=1, total=1),
    },
)  # fmt: skip
ON_2021 = filled(
    "甲局",
    2020,
    "2021",
    applications(
        received=6, granted=4, other__no_correction=1, other__fee_unpaid=2, other__rest=4,
        closed_total=11,
    ),
)  # fmt: skip


GROUP_ROW = filled(
    "乙局",
    2021,
    "2021",
    {"applications.other.total": 7},
    blanks=[f"applications.other.{row}.total" for row in ("no_correction", "fee_unpaid", "rest")],
)
ONE_BLANK = filled(
    "丙局",
    2021,
    "2021",
    applications(refused__state_secret=4, granted=1, closed_total=2),
    blanks=["applications.refused.third_party.total", "applications.partly_granted.total"],
)
NOT_UNDERSTOOD = filled("丁局", 2021, "2021", {"applications.received.total": "1 2"})
ALL_ZERO = filled("戊局", 2021, "2021", {})
FORM_KEPT = (filled("己局", 2018, "2014", {}), filled("己局", 2019, "2014", {}))
NO_FORM = replace(ALL_ZERO, organisation="庚局", form="none", cells=())
REPORTS = (
    ON_2014, ON_2019, ON_2021, GROUP_ROW, ONE_BLANK, NOT_UNDERSTOOD, ALL_ZERO, *FORM_KEPT, NO_FORM
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Ask a warehouse of the reports above."""
    world = World(tmp_path_factory.mktemp("series"))
    for number, report in enumerate(REPORTS):
        world.serve(f"http://x/{number}", f"document {number}", report)
    with duckdb.connect(str(world.build()), read_only=True) as con:
        yield lambda sql: con.execute(sql).fetchall()


def of(organisation: str) -> str:
    return f"WHERE organisation = '{organisation}' ORDER BY report_year"


def test_applications_run_over_all_forms(ask: Ask) -> None:
    columns = "report_year, received, granted, partly_granted, refused, other, closed_total"
    assert ask(f"SELECT {columns} FROM applications_yearly {of('甲局')}") == [
        (2018, 9, 5, 1, None, None, 8),
        (2019, 10, 4, 1, 3, 3, 14),
        (2020, 6, 4, 0, 0, 7, 11),
    ]


def test_outcomes_keep_what_only_one_form_has_apart(ask: Ask) -> None:
    columns = (
        "report_year, refused_third_party, refused_internal_affairs, refused_2014, "
        "refused_not_government_info, unavailable_not_held, other_rest"
    )
    assert ask(f"SELECT {columns} FROM outcomes_yearly {of('甲局')}") == [
        (2018, 2, None, 5, 3, 5, None),
        (2019, 2, 1, None, None, 2, None),
        (2020, 0, 0, None, None, 0, 4),
    ]


def test_concluded_reviews_are_the_total_less_the_pending(ask: Ask) -> None:
    columns = (
        "report_year, review_total, review_pending, review_concluded, review_corrected, "
        "litigation_concluded, litigation_direct_concluded, litigation_upheld"
    )
    assert ask(f"SELECT {columns} FROM reviews_yearly {of('甲局')}")[:2] == [
        (2018, None, None, 3, 1, 2, None, 2),
        (2019, 5, 2, 3, 1, 3, 2, 2),
    ]


def test_a_group_printed_as_one_row_counts_as_printed(ask: Ask) -> None:
    assert ask(f"SELECT other FROM applications_yearly {of('乙局')}") == [(7,)]


def test_a_sum_is_null_as_soon_as_one_cell_is_not_printed(ask: Ask) -> None:
    found = ask(
        "SELECT measure, value, cells, not_printed FROM measures_yearly "
        "WHERE measure IN ('refused', 'refused_state_secret', 'refused_third_party') "
        "AND organisation = '丙局' ORDER BY 1"
    )
    assert found == [
        ("refused", None, 8, 1),
        ("refused_state_secret", 4, 1, 0),
        ("refused_third_party", None, 1, 1),
    ]


def test_what_is_printed_and_not_understood_is_no_number(ask: Ask) -> None:
    assert ask(f"SELECT received FROM applications_yearly {of('丁局')}") == [(None,)]


def test_a_report_on_no_known_form_is_in_no_series(ask: Ask) -> None:
    assert ask(f"SELECT form FROM reports {of('庚局')}") == [("none",)]
    assert ask(f"SELECT 1 FROM applications_yearly {of('庚局')}") == []


@pytest.mark.parametrize("view", [view for view in comments() if view != "measures_yearly"])
def test_a_report_has_one_row(ask: Ask, view: str) -> None:
    rows = ask(f"SELECT count(*), count(DISTINCT (org_id, report_year, scope)) FROM {view}")
    assert rows == [(len(REPORTS) - 1,) * 2]


def test_a_report_has_each_measure_of_its_form_once(ask: Ask) -> None:
    twice = "SELECT 1 FROM measures_yearly GROUP BY report_id, measure HAVING count(*) > 1"
    assert ask(twice) == []
    asked_for = len([m for m in load_series().measures.values() if "2021" in m.forms])
    assert ask("SELECT count(*) FROM measures_yearly WHERE organisation = '戊局'") == [(asked_for,)]


@pytest.mark.parametrize("view", ["applications_yearly", "outcomes_yearly", "reviews_yearly"])
def test_the_long_view_says_the_same_as_the_wide_ones(ask: Ask, view: str) -> None:
    columns = [column for column in comments()[view]["columns"] if column not in KEYS]
    wide = " UNION ALL ".join(
        f"SELECT report_id, '{column}' AS measure, {column} AS value FROM {view}"
        for column in columns
    )
    differing = (
        f"SELECT measure FROM ({wide}) w "
        f"FULL JOIN (FROM measures_yearly WHERE measure IN {tuple(columns)}) m "
        "USING (report_id, measure) WHERE w.value IS DISTINCT FROM m.value"
    )
    assert ask(differing) == []


def test_last_years_form_decides_how_far_a_number_compares(ask: Ask) -> None:
    found = ask(
        "SELECT report_year, measure, previous_form, comparability FROM measures_yearly "
        "WHERE measure IN ('received', 'refused') AND organisation = '甲局' "
        "ORDER BY measure, report_year"
    )
    assert found == [
        (2018, "received", None, None),
        (2019, "received", "2014", "approximate"),
        (2020, "received", "2019", "exact"),
        (2019, "refused", "2014", "none"),
        (2020, "refused", "2019", "exact"),
    ]


def test_the_same_form_compares_exactly_whatever_the_year(ask: Ask) -> None:
    found = ask(
        "SELECT DISTINCT comparability FROM measures_yearly "
        "WHERE report_year = 2019 AND organisation = '己局'"
    )
    assert found == [("exact",)]


def test_rates_keep_numerator_and_denominator(ask: Ask) -> None:
    names = ("disclosed_over_closed", "disclosed_over_processed", "disclosed_over_decided")
    columns = ", ".join(f"{n}, {n}_num, {n}_den" for n in names)
    found = ask(f"SELECT {columns} FROM rates_yearly {of('甲局')}")[1]
    assert found == (5 / 14, 5, 14, 5 / 13, 5, 13, 5 / 8, 5, 8)


def test_rates_of_reviews_leave_pending_cases_out(ask: Ask) -> None:
    columns = (
        "corrected_over_reviews, corrected_over_reviews_den, "
        "corrected_over_litigation, corrected_over_litigation_den, reviewed_over_closed"
    )
    found = ask(f"SELECT {columns} FROM rates_yearly {of('甲局')}")[1]
    assert found == (1 / 3, 3, 1 / 3, 3, 3 / 14)


def test_nothing_over_nothing_is_no_rate(ask: Ask) -> None:
    name = "disclosed_over_closed"
    sql = f"SELECT {name}, {name}_num, {name}_den FROM rates_yearly {of('戊局')}"
    assert ask(sql) == [(None, 0, 0)]


def test_a_rate_is_null_where_a_part_is_not_printed(ask: Ask) -> None:
    name = "disclosed_over_closed"
    sql = f"SELECT {name}, {name}_num, {name}_den FROM rates_yearly {of('丙局')}"
    assert ask(sql) == [(None, None, 2)]


@pytest.mark.parametrize("view", comments())
def test_every_column_of_the_series_says_what_it_is(ask: Ask, view: str) -> None:
    sql = f"SELECT column_name, comment FROM duckdb_columns() WHERE table_name = '{view}'"
    assert dict(ask(sql)) == comments()[view]["columns"]


def test_the_tables_of_the_series_say_what_the_file_says(ask: Ask) -> None:
    assert ask(
        "SELECT m.title_en, c.comparability, c.note FROM measures m JOIN comparability c "
        "USING (measure) WHERE measure = 'partly_granted' AND from_form = '2019'"
    ) == [("Partly granted", "exact", "Both forms ask for the same")]
    assert ask(
        "SELECT sign, code FROM measure_cells "
        "WHERE measure = 'review_concluded' AND form = '2021' ORDER BY ALL"
    ) == [(-1, "reviews.review.pending"), (1, "reviews.review.total")]
    assert ask(
        "SELECT side, sign, measure FROM rate_measures "
        "WHERE rate = 'disclosed_over_processed' ORDER BY ALL"
    ) == [
        ("denominator", -1, "not_processed"),
        ("denominator", 1, "closed_total"),
        ("numerator", 1, "granted"),
        ("numerator", 1, "partly_granted"),
    ]
