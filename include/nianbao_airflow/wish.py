"""What a harvest's run was asked for: the form's values, and what follows from the kind of run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nianbao.errors import ConfigurationError
from nianbao_airflow.season import in_season

_BACKFILL = (
    "回填无效：门户无论按哪个日期访问，显示的都是今天的内容。"
    "请手动触发一次运行，并用参数 years 指定报告年度。"
    " A backfill by date is refused: a portal shows today whatever the date. "
    'Trigger one run with the parameter "years" instead, such as [2021, 2022].'
)


@dataclass(frozen=True)
class Wish:
    """What to ask of whom."""

    years: list[int] | None = None
    due_only: bool = False
    """Whether of `years`, too, only what may be new is asked for, as a run that comes daily wants."""
    only: tuple[str, ...] = ()
    portals: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    dry_run: bool = False


def wish_of(params: Mapping[str, Any], run_type: str, now: datetime) -> Wish:
    """Return what a run is to do.

    A scheduled one without years asks for last year's reports; one of the monthly ones, after the
    season, for what is new or due of all years, as a run by hand does. Older reports are corrected
    too, and else no scheduled run would ever see it.

    Raises `ConfigurationError`, which no retry follows, for a backfill.
    """
    if run_type == "backfill":
        raise ConfigurationError(_BACKFILL)
    years = list(params.get("years") or ()) or None
    is_scheduled = run_type == "scheduled" and years is None
    if is_scheduled and in_season(now):
        from nianbao.crawl.years import last_report_year

        years = [last_report_year(now)]
    return Wish(
        years=years,
        due_only=is_scheduled,
        only=tuple(params.get("only") or ()),
        portals=tuple((params.get("portals") or "").replace(",", " ").split()),
        places=tuple(params.get("places") or ()),
        dry_run=bool(params.get("dry_run")),
    )
