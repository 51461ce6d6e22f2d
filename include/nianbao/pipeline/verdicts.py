"""Decisions taken in: from filled-in work-lists, from a saved store, or one by one."""

import getpass
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from nianbao.errors import VerdictError
from nianbao.pipeline.verdicts_build import refill
from nianbao.pipeline.verdicts_lists import current_items, keys_beginning
from nianbao.settings import Settings
from nianbao.verdicts.intake import Intake, RowResult, refusal, row_results
from nianbao.verdicts.lifecycle import RefusedError, decide
from nianbao.verdicts.merge import Missing
from nianbao.verdicts.model import Event, Verdict, is_person
from nianbao.verdicts.states import state_of, states
from nianbao.verdicts.store import Store
from nianbao.verdicts.worklist.dates import day_of
from nianbao.verdicts.worklist.read import read_worklist

_DATES = {"decided_at": datetime.fromisoformat, "due_on": date.fromisoformat}


@dataclass(frozen=True)
class FileResult:
    """What became of one file."""

    path: Path
    rows: tuple[RowResult, ...] = ()
    error: str = ""
    """Why nothing of it could be read."""
    notices: tuple[str, ...] = ()

    def count(self, outcome: str) -> int:
        """Return how many rows ended so."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def is_problem(self) -> bool:
        """Tell whether the file or a row of it was refused."""
        return bool(self.error) or self.count("refused") > 0

    def lines(self) -> Iterator[str]:
        """Yield one line per decision and per refusal, and a last one with the counts."""
        name = self.path.name
        if self.error:
            yield f"{name}: {self.error}"
            return
        yield from (f"{name}: {notice}" for notice in self.notices)
        words = {"recorded": "已登记", "refused": "未导入"}
        for row in self.rows:
            if row.outcome in words:
                yield f"{name}:{row.number}: {words[row.outcome]} {row.item_key}: {row.told}"
        counts = [self.count(one) for one in ("recorded", "unchanged", "empty", "refused")]
        zh = "登记 {}，已登记过 {}，未填 {}，未导入 {}".format(*counts)
        en = "{} recorded, {} known, {} empty, {} refused".format(*counts)
        yield f"{name}: {zh} / {en}"


def import_list(settings: Settings, path: Path, who: str = "") -> FileResult:
    """Take in a filled-in work-list: all its good rows at once, or none where the store fails.

    Raises `VerdictError` where the store cannot be used; a file that cannot be read is its result.
    """
    try:
        filled = read_worklist(path)
    except VerdictError as error:
        message = str(error).removeprefix(f"{path.name}: ")
        return FileResult(path, error=message)
    author = who or filled.reviewer or ""
    if not is_person(author):
        return FileResult(path, error=refusal(RefusedError("no_author")))
    keys = sorted({str(row.values.get("item_key") or "").strip() for row in filled.rows} - {""})
    items = current_items(settings, keys)
    with Store(settings.verdicts_location) as store:
        refill(settings, store)
        with store.writing() as found:
            events: dict[str, list[Event]] = {}
            for event in found.events(keys):
                events.setdefault(event.item_key, []).append(event)
            intake = Intake(items, events, author.strip(), _now(), path.name)
            results = tuple(row_results(filled.rows, intake))
            found.add(row.event for row in results if row.event is not None)
    notices = tuple(f"没有“{name}”一列 / a column is gone" for name in filled.missing)
    return FileResult(path, results, notices=notices)


def import_saved(settings: Settings, path: Path) -> Missing:
    """Take in what `export_events` has written; return what was new, and which items were refused.

    An item on which the store has another decision at the same step is left as the store has it.
    Raises `VerdictError` where a line is none.
    """
    events = list(_saved(path))
    with Store(settings.verdicts_location) as store:
        refill(settings, store)
        with store.writing() as found:
            return found.add_missing(events)


def _saved(path: Path) -> Iterator[Event]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise VerdictError(f"{path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                row = json.loads(line)
                for name, parsed in _DATES.items():
                    row[name] = parsed(row[name]) if row.get(name) else None
                yield Event(**row)
            except (ValueError, TypeError) as error:
                raise VerdictError(f"{path}:{number}: no saved verdict: {error}") from error


def export_events(settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield every event as an object, by item and step: a copy of the store."""
    with Store(settings.verdicts_location) as store, store.reading() as found:
        for event in found.events():
            row = event.row()
            yield {**row, "decided_at": event.decided_at.isoformat(), "due_on": _iso(event.due_on)}


def set_state(settings: Settings, item: str, verdict: Verdict) -> Event | None:
    """Decide on one item, named by its key or the beginning of it; `None` where it says nothing new.

    Raises `VerdictError` where the item is not known, or the decision cannot stand.
    """
    with Store(settings.verdicts_location) as store:
        refill(settings, store)
        with store.reading() as found:
            known = found.beginning_with(item)
        keys = sorted({*known, *keys_beginning(settings, item)})
        if len(keys) != 1:
            what = (
                f"several items begin so: {', '.join(keys[:5])}"
                if keys
                else "there is no such item"
            )
            raise VerdictError(f"{item}: {what}")
        now = current_items(settings, keys).get(keys[0])
        with store.writing() as found:
            last = found.latest(keys).get(keys[0])
            try:
                event = decide(last, now, verdict)
            except RefusedError as refused:
                raise VerdictError(f"{keys[0]}: {refusal(refused)}") from refused
            found.add([event] if event else [])
    return event


def spoken(
    state: str,
    who: str = "",
    due: str = "",
    *,
    reason: str = "",
    responsible: str = "",
    remark: str = "",
) -> Verdict:
    """Return the verdict of a command's words.

    Raises `VerdictError` for a state or a date that is none, and where nobody knows who decides.
    """
    author = (who or user_name()).strip()
    if not is_person(author):
        raise VerdictError(refusal(RefusedError("no_author")))
    found = state_of(state)
    if found is None:
        raise VerdictError(f"no such state: {state!r}; there are {', '.join(states())}")
    day = day_of(due) if due else None
    if due and day is None:
        raise VerdictError(f"not a date: {due!r}; write 2026-03-05")
    return Verdict(
        author,
        _now(),
        found,
        responsible=responsible or None,
        due_on=day,
        remark=remark or None,
        reason=reason or None,
        source="command",
    )


def user_name() -> str:
    """Return the name of whoever runs the command; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return ""


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
