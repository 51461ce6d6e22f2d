"""Portals that need a hand: by the log and by what harvests saw, not by asking anybody anything."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import pyarrow as pa
import yaml

from nianbao.archive.asked import read_asked
from nianbao.archive.listed import read_listed
from nianbao.archive.log import read_log
from nianbao.crawl.standing import is_over
from nianbao.crawl.years import last_report_year
from nianbao.model import Portal
from nianbao.portals.registry import load_valid_portals
from nianbao.settings import Settings

STALE_DAYS = 35
"""Days without a harvest that are too many: the quietest months of the season have one a month."""
SEVERITIES = ("error", "warning")
_LEVEL = {"zero_leads": "zero_leads", "too_few": "drift", "fewer": "drift", "too_many": "drift"}
_LEVEL |= {"partly_blocked": "blocked", "partly_failed": "failed"}
_PORTALS = pa.schema(
    {
        "portal_id": pa.string(),
        "name": pa.string(),
        "least": pa.int64(),
        "most": pa.int64(),
    }
)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one portal."""

    portal_id: str
    name: str
    problem: str
    """A name of `health.yaml`."""
    severity: str
    zh: str
    en: str
    last_harvest: str | None
    """Day in China, as ISO; null where there was none."""

    @property
    def group(self) -> str:
        """What it is summed up under: a portal off its counts is `drift`, whichever way."""
        return _LEVEL.get(self.problem, self.problem)

    @property
    def line(self) -> str:
        """The problem as one line of Chinese, with the portal's id."""
        return f"{self.name}（{self.portal_id}）：{self.zh}"


@dataclass(frozen=True)
class Health:
    """How the registry stands."""

    portals: int
    """Enabled portals with a valid record."""
    year: int
    """The report year that is looked at: last year by the calendar in China."""
    problems: tuple[Problem, ...]
    broken: tuple[str, ...] = ()
    """A line for each record that is not valid, and so never harvested."""

    @property
    def worst(self) -> str | None:
        """The worst severity there is; `None` where all is well."""
        if self.broken:
            return "error"
        there = {problem.severity for problem in self.problems}
        return next((severity for severity in SEVERITIES if severity in there), None)

    def table(self) -> list[str]:
        """Return a line per problem, the worst first, and the counts: what a log shows."""
        ordered = sorted(self.problems, key=lambda problem: SEVERITIES.index(problem.severity))
        lines = [
            f"{one.severity:<7} {one.problem:<14} {one.portal_id:<32} {one.name}：{one.zh} / {one.en}"
            for one in ordered
        ]
        lines += [f"error   broken_record  {line}" for line in self.broken]
        counts = ", ".join(
            f"{count} {name}" for name, count in sorted(Counter(p.group for p in ordered).items())
        )
        sick = len({problem.portal_id for problem in self.problems})
        return [
            *lines,
            f"{self.portals} portals, {self.portals - sick} in order; {counts or 'all well'}",
        ]

    def summary(self) -> dict[str, Any]:
        """Return the counts, and the lines by group, for a digest and for whoever asks the run."""
        lines: dict[str, list[str]] = defaultdict(list)
        for problem in self.problems:
            lines[problem.group].append(problem.line)
        troubled = {problem.portal_id for problem in self.problems}
        severities = Counter(problem.severity for problem in self.problems)
        return {
            "portals": self.portals,
            "healthy": self.portals - len(troubled),
            "year": self.year,
            "error": severities["error"] + len(self.broken),
            "warning": severities["warning"],
            "worst": self.worst,
            **({"broken_records": list(self.broken)} if self.broken else {}),
            **dict(sorted(lines.items())),
        }


def examine(
    settings: Settings, now: datetime | None = None, stale_before: datetime | None = None
) -> Health:
    """Return what is wrong with the enabled portals.

    One whose latest harvest was before `stale_before` is stale; by default, that of `STALE_DAYS`.
    """
    now = now or datetime.now(UTC)
    stale_before = stale_before or now - timedelta(days=STALE_DAYS)
    portals, broken = load_valid_portals(settings.portals_dir)
    enabled = [portal for portal in portals if portal.enabled]
    year = last_report_year(now)
    with duckdb.connect() as con:
        con.register("portals", _table(enabled, year))
        for name, table in _sources(settings).items():
            con.register(name, table)
        before = stale_before.astimezone(UTC).replace(tzinfo=None)
        values = {"year": year, "is_over": is_over(year, now), "stale_before": before}
        problems = tuple(_problems(con, values))
    return Health(len(enabled), year, problems, tuple(broken.values()))


def _sources(settings: Settings) -> dict[str, pa.Table]:
    root, copies = settings.archive_root, settings.cache_folder
    found = {
        "log": read_log(root, cache=copies),
        "asked": read_asked(root, cache=copies),
        "listed": read_listed(root, cache=copies),
    }
    return {name: _plain_times(table) for name, table in found.items()}


def _plain_times(table: pa.Table) -> pa.Table:
    """Return a table with its times as plain UTC, which need no time-zone data to be compared."""
    plain = pa.timestamp("us")
    fields = [
        field.with_type(plain) if pa.types.is_timestamp(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))


def _table(portals: Sequence[Portal], year: int) -> pa.Table:
    """Return the portals with the counts that their records expect of a year."""
    rows = []
    for portal in portals:
        expected = portal.expected.in_year(year)
        rows.append((portal.id, portal.name, expected.min, expected.max))
    names = _PORTALS.names
    return pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in rows], _PORTALS)


def _problems(con: duckdb.DuckDBPyConnection, values: dict[str, Any]) -> Iterator[Problem]:
    *statements, query = _statements()
    for statement in statements:
        con.execute(statement, {n: v for n, v in values.items() if f"${n}" in statement})
    result = con.execute(query)
    names = [column[0] for column in result.description or ()]
    for row in result.fetchall():
        facts = dict(zip(names, row, strict=True))
        told = words()[facts["problem"]]
        shown = {name: "—" if value is None else value for name, value in facts.items()}
        shown["year"] = values["year"]
        last = facts["last_harvest"]
        yield Problem(
            portal_id=facts["portal_id"],
            name=facts["name"],
            problem=facts["problem"],
            severity=told["severity"],
            zh=told["zh"].format(**shown),
            en=told["en"].format(**shown),
            last_harvest=last.isoformat() if last else None,
        )


@cache
def words() -> dict[str, dict[str, str]]:
    """Return what can be wrong with a portal: `severity`, and the sentence as `zh` and `en`."""
    text = (files("nianbao.pipeline.watching") / "health.yaml").read_text("utf-8")
    return dict(yaml.safe_load(text))


@cache
def _statements() -> tuple[str, ...]:
    text = (files("nianbao.pipeline.watching") / "health.sql").read_text("utf-8")
    return tuple(statement.query for statement in duckdb.extract_statements(text))
