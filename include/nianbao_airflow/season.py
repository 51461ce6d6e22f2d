"""When to harvest: the season of the reports, as cron lines.

Departments publish by 31 January, governments by 31 March of the following year (Regulations on
Disclosure of Government Information, 2019, articles 49 and 50). So: daily from 5 January to
10 February, weekly to 10 April, then monthly.
"""

import os
from typing import Final

from airflow.sdk import MultipleCronTriggerTimetable

from nianbao_airflow.names import SEASON_SWITCH

TIMEZONE: Final = "Asia/Shanghai"

# Cron joins day of month and weekday by "or": `0 3 11-28 2 1` would run daily. So days are listed.
CRONS: Final = (
    "0 3 5-31 1 *",
    "0 3 1-10 2 *",
    "0 3 17,24 2 *",
    "0 3 3,10,17,24,31 3 *",
    "0 3 7 4 *",
    "0 3 10 5-12 *",
)


def season() -> MultipleCronTriggerTimetable | None:
    """Return the timetable of the harvest, or None where the season is switched off."""
    if os.environ.get(SEASON_SWITCH, "on") == "off":
        return None
    return MultipleCronTriggerTimetable(*CRONS, timezone=TIMEZONE)
