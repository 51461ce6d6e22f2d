"""The season, by letting a year of triggers pass."""

import itertools
from collections import Counter
from datetime import date, timedelta

import pendulum
import pytest
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.timetables.trigger import MultipleCronTriggerTimetable

from nianbao_airflow.names import SEASON_SWITCH
from nianbao_airflow.season import (
    CRONS,
    DEADLINE_CRONS,
    HEALTH_CRONS,
    HOUSEKEEPING_CRONS,
    TIMEZONE,
    last_harvest_due,
    season,
)


def triggers(year, crons=CRONS):
    """Return the local times at which a year's runs start."""
    timetable = MultipleCronTriggerTimetable(*crons, timezone=TIMEZONE)
    # As if every run had taken place: with catch-up, since without it the present time would count.
    start = pendulum.datetime(year, 1, 1, tz=TIMEZONE)
    limits = TimeRestriction(earliest=start, latest=start.add(years=1, seconds=-1), catchup=True)
    last, found = None, []
    while info := timetable.next_dagrun_info(last_automated_data_interval=last, restriction=limits):
        found.append(info.run_after.in_timezone(TIMEZONE))
        last = DataInterval.exact(info.run_after)
    return found


@pytest.fixture(scope="module", params=[2026, 2028], ids=["common year", "leap year"])
def year(request):
    moments = triggers(request.param)
    return request.param, [moment.date() for moment in moments], moments


def test_daily_while_departments_publish(year):
    number, dates, _ = year
    season_days = [date(number, 1, 5) + timedelta(days=n) for n in range(37)]
    assert [d for d in dates if d <= date(number, 2, 10)] == season_days


def test_weekly_while_governments_publish(year):
    number, dates, _ = year
    weekly = [d for d in dates if date(number, 2, 10) <= d <= date(number, 4, 10)]
    gaps = {(b - a).days for a, b in itertools.pairwise(weekly)}
    assert gaps <= {7, 8}
    assert weekly[-1] >= date(number, 4, 3)


def test_a_harvest_follows_each_deadline_on_the_next_day(year):
    number, dates, _ = year
    # What was asked for before proves no absence.
    assert {date(number, 2, 1), date(number, 4, 1)} <= {*dates}
    lists = triggers(number, DEADLINE_CRONS)
    assert [(d.date(), d.hour) for d in lists] == [
        (date(number, month, day), 18) for month in (2, 4) for day in (1, 4, 10)
    ]


def test_health_is_looked_at_every_day_and_tidied_every_week(year):
    number, _, _ = year
    assert len(triggers(number, HEALTH_CRONS)) == (date(number + 1, 1, 1) - date(number, 1, 1)).days
    assert {moment.isoweekday() for moment in triggers(number, HOUSEKEEPING_CRONS)} == {7}


def test_the_last_harvest_that_should_be_over_is_the_timetables(year):
    _, _, moments = year
    for before, after in itertools.pairwise(moments):
        due = last_harvest_due(before + timedelta(hours=12))
        assert due == before
        assert last_harvest_due(after + timedelta(hours=11)) == before


def test_monthly_for_the_rest(year):
    number, dates, _ = year
    rest = [d for d in dates if d > date(number, 4, 10)]
    assert Counter(d.month for d in rest) == dict.fromkeys(range(5, 13), 1)


def test_at_three_at_night_in_china(year):
    assert {(m.hour, m.minute) for m in year[2]} == {(3, 0)}


def test_no_cron_line_restricts_both_day_and_weekday():
    assert all(line.split()[4] == "*" for line in CRONS)


def test_the_demo_can_switch_it_off(monkeypatch):
    assert season() is not None
    monkeypatch.setenv(SEASON_SWITCH, "off")
    assert season() is None
    assert last_harvest_due(pendulum.datetime(2026, 1, 20)) is None
