"""When the DAGs run: the season of the reports, as cron lines, in Chinese time.

Departments publish by 31 January, governments by 31 March of the following year (Regulations on
Disclosure of Government Information, 2019, articles 49 and 50). So: daily from 5 January to
10 February, weekly to 8 April, then monthly; and on the day after each of the two days there is a
harvest, since nothing that was asked before it proves that a report is absent.
"""

import os
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from airflow.sdk import MultipleCronTriggerTimetable

from nianbao_airflow.names import SEASON_SWITCH

TIMEZONE: Final = "Asia/Shanghai"

# Cron joins day of month and weekday by "or": `0 3 11-28 2 1` would run daily. So days are listed.
CRONS: Final = (
    "0 3 5-31 1 *",
    "0 3 1-10 2 *",
    "0 3 17,24 2 *",
    "0 3 3,10,17,24 3 *",
    "0 3 1,8 4 *",
    "0 3 10 5-12 *",
)
SEASON_ENDS: Final = 4
"""The month; the runs after it come once a month, and have the time to ask for older reports too."""
HEALTH_CRONS: Final = ("0 12 * * *",)
DEADLINE_CRONS: Final = ("0 18 1,4,10 2 *", "0 18 1,4,10 4 *")
"""In the evening: the harvest of that morning has to be in the warehouse. And twice more, since portals
that were blocked, failed or slow on the day after the deadline may have been read by then."""
HOUSEKEEPING_CRONS: Final = ("0 1 * * 0",)

FINISHED_WITHIN: Final = timedelta(hours=12)
"""So long after its start a harvest should have asked every portal."""


def season() -> MultipleCronTriggerTimetable | None:
    """Return the timetable of the harvest, or None where the season is switched off."""
    return timetable(CRONS)


def timetable(crons: tuple[str, ...]) -> MultipleCronTriggerTimetable | None:
    """Return a timetable in Chinese time, or None where the season is switched off."""
    if os.environ.get(SEASON_SWITCH, "on") == "off":
        return None
    return MultipleCronTriggerTimetable(*crons, timezone=TIMEZONE)


def in_season(now: datetime) -> bool:
    """Tell whether harvests come by the day or week, for last year's reports alone."""
    return now.astimezone(ZoneInfo(TIMEZONE)).month <= SEASON_ENDS


def last_harvest_due(now: datetime) -> datetime | None:
    """Return when the last scheduled harvest began that should be over; None where all are off."""
    if os.environ.get(SEASON_SWITCH, "on") == "off":
        return None
    at = (now - FINISHED_WITHIN).astimezone(ZoneInfo(TIMEZONE))
    for back in range(366):
        day = at.date() - timedelta(days=back)
        for hour in _hours(day):
            begins = datetime(day.year, day.month, day.day, hour, tzinfo=at.tzinfo)
            if begins <= at:
                return begins
    return None


def runs_a_year(crons: tuple[str, ...]) -> int:
    """Return the runs that cron lines make in a common year."""
    first = date(2026, 1, 1)
    return sum(len(_hours(first + timedelta(days=day), crons)) for day in range(365))


def _hours(day: date, crons: tuple[str, ...] = CRONS) -> list[int]:
    """Return the hours at which the runs of a day begin; our cron lines have no steps."""
    return [
        int(hour)
        for _, hour, days, months, weekdays in (line.split() for line in crons)
        if day.day in _numbers(days, 31)
        and day.month in _numbers(months, 12)
        and day.isoweekday() % 7 in _numbers(weekdays, 7)
    ]


def _numbers(field: str, last_of_all: int) -> set[int]:
    if field == "*":
        return set(range(last_of_all + 1))
    numbers: set[int] = set()
    for part in field.split(","):
        first, _, last = part.partition("-")
        numbers |= set(range(int(first), int(last or first) + 1))
    return numbers
