"""Rows of filled-in work-lists turned into decisions, each on its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from nianbao.model import normalise_name
from nianbao.privacy import masked
from nianbao.verdicts.lifecycle import RefusedError, decide
from nianbao.verdicts.model import Event, Item, Verdict
from nianbao.verdicts.states import choices, state_of, states, title
from nianbao.verdicts.worklist.dates import day_of
from nianbao.verdicts.worklist.form import columns
from nianbao.verdicts.worklist.read import FilledRow

_FILL = ("opinion", "responsible", "due_on", "remark")
_LONGEST = 2_000

Outcome = Literal["recorded", "unchanged", "empty", "refused"]


@dataclass(frozen=True)
class RowResult:
    """What became of one row."""

    number: int
    outcome: Outcome
    item_key: str = ""
    told: str = ""
    """The decision, or why it was refused, in both languages."""
    event: Event | None = None


@dataclass(frozen=True)
class Intake:
    """What rows are held against, and who brings them."""

    items: Mapping[str, Item]
    """Findings that fail in the published warehouse."""
    events: Mapping[str, Sequence[Event]]
    """All events of the items, in order."""
    who: str
    at: datetime
    source: str


def row_results(rows: Sequence[FilledRow], intake: Intake) -> Iterator[RowResult]:
    """Yield the result of each row in the order of the sheet."""
    taken: dict[str, tuple[int, tuple[str, ...]]] = {}
    for row in rows:
        key = _text(row.values.get("item_key"))
        filled = tuple(_text(row.values.get(name)) for name in _FILL)
        if not any(filled) and not _formulas(row):
            yield RowResult(row.number, "empty", key)
            continue
        try:
            event = _once(row, key, filled, taken, intake)
        except RefusedError as refused:
            yield RowResult(row.number, "refused", key, refusal(refused))
            continue
        taken.setdefault(key, (row.number, filled))
        told = f"{title(event.state)} / {event.state}" if event else ""
        yield RowResult(row.number, "recorded" if event else "unchanged", key, told, event)


def _once(
    row: FilledRow,
    key: str,
    filled: tuple[str, ...],
    taken: Mapping[str, tuple[int, tuple[str, ...]]],
    intake: Intake,
) -> Event | None:
    if key not in taken:
        return _decided(row, key, intake)
    number, before = taken[key]
    if filled != before:
        raise RefusedError("repeated", row=number)
    return None


def _decided(row: FilledRow, key: str, intake: Intake) -> Event | None:
    for name in _formulas(row):
        raise RefusedError("formula", column=_heading(name))
    if not key:
        raise RefusedError("key_missing")
    item, events = intake.items.get(key), intake.events.get(key, ())
    last = events[-1] if events else None
    list_id = _text(row.values.get("list_id")) or None
    verdict = _verdict(row, intake, list_id)
    if _said_before(verdict, events, list_id):
        return None
    if item is None:
        if last is None:
            raise RefusedError("unknown_item", item=key[:40])
        raise RefusedError("not_there", state=title(last.state))
    _require_same(row, item, intake, list_id)
    return decide(last, item, verdict)


def _verdict(row: FilledRow, intake: Intake, list_id: str | None) -> Verdict:
    values = {name: _text(row.values.get(name)) for name in _FILL}
    for name, text in values.items():
        if len(text) > _LONGEST:
            raise RefusedError("too_long", column=_heading(name), most=_LONGEST)
    word = values["opinion"]
    state = state_of(word) if word else None
    if word and state is None:
        raise RefusedError("unknown_word", word=word[:40], words="、".join(choices()))
    due = row.values.get("due_on")
    day = day_of(due) if values["due_on"] else None
    if values["due_on"] and day is None:
        raise RefusedError("bad_date", text=values["due_on"][:40])
    return Verdict(
        intake.who,
        intake.at,
        state,
        word or None,
        values["responsible"] or None,
        day,
        values["remark"] or None,
        None,
        list_id,
        intake.source,
    )


def _said_before(verdict: Verdict, events: Sequence[Event], list_id: str | None) -> bool:
    """Tell whether the row's list has said the same last: a list that is read twice says nothing new."""
    said = next((one for one in reversed(events) if list_id and one.list_id == list_id), None)
    if said is None:
        return False
    return all(
        new is None or new == old
        for new, old in (
            (verdict.state, said.state),
            (verdict.responsible, said.responsible),
            (verdict.due_on, said.due_on),
            (verdict.remark, said.remark),
        )
    )


def _require_same(row: FilledRow, item: Item, intake: Intake, list_id: str | None) -> None:
    """Refuse a row that was written of other cells, of another report, or before another decision.

    One list may go to several people: only who decided last goes on with the same list.
    """
    digest = _text(row.values.get("cells_digest"))
    if digest != item.judged.digest():
        raise RefusedError("cells_changed")
    printed = _text(row.values.get("organisation")).lstrip("'")
    year = _text(row.values.get("report_year"))
    other_name = printed and normalise_name(printed) != normalise_name(masked(item.organisation))
    if other_name or (year and year != str(item.report_year)):
        raise RefusedError("row_mixed")
    step = _text(row.values.get("step"))
    known = int(step) if step.isdecimal() else 0
    events = intake.events.get(item.item_key, ())
    last = events[-1] if events else None
    is_own = last and list_id and (last.list_id, last.who) == (list_id, intake.who)
    if last and last.step > known and not is_own:
        raise RefusedError("decided_since", who=last.who, state=title(last.state))


def _formulas(row: FilledRow) -> list[str]:
    return [name for name in row.formulas if name in (*_FILL, "item_key", "cells_digest", "step")]


def _heading(name: str) -> str:
    return next(column.zh for column in columns() if column.name == name)


def _text(value: Any) -> str:
    """Return a cell's text: a number without a point that the program added."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip().replace("\x00", "")


@cache
def _refusals() -> dict[str, dict[str, str]]:
    text = (files("nianbao.verdicts") / "refusals.yaml").read_text("utf-8")
    data: dict[str, dict[str, str]] = yaml.safe_load(text)
    return data


def refusal(refused: RefusedError) -> str:
    """Return one line that says why, in both languages."""
    known = set(states())
    facts = {
        name: title(str(value)) if str(value) in known else value
        for name, value in refused.facts.items()
    }
    words = _refusals()[refused.code]
    return f"{words['zh'].format(**facts)} / {words['en']}"
