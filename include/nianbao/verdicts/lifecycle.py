"""What follows from what: a person's verdict on an item, and what a build decides by itself."""

from dataclasses import replace
from datetime import datetime

from nianbao.verdicts.model import NIANBAO, Event, Item, Judged, Seen, Verdict, change_of, is_person
from nianbao.verdicts.states import OPEN, automatic, may_follow, needs_reason


class RefusedError(ValueError):
    """A verdict that cannot stand; `code` names the reason in `refusals.yaml`."""

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the reason and what it is about."""
        super().__init__(code)
        self.code, self.facts = code, facts


def decide(last: Event | None, item: Item | None, verdict: Verdict) -> Event | None:
    """Return the event that a person's verdict makes, or nothing where it says nothing new.

    `item` is `None` where the finding is not there any more; then only an item that was decided on
    before can be spoken of. Raises `RefusedError` for what cannot stand.
    """
    if not is_person(verdict.who):
        raise RefusedError("no_author")
    if last is None and item is None:
        raise RefusedError("unknown_item")
    before = last.state if last else OPEN
    state = verdict.state or before
    if state != before and not may_follow(before, state):
        raise RefusedError("not_allowed", before=before, after=state)
    said = verdict.reason or verdict.remark
    if state != before and needs_reason(state) and not (said or "").strip():
        raise RefusedError("reason_missing", after=state)
    event = _next(last, item, verdict.who, verdict.at)
    new = replace(
        event,
        state=state,
        opinion=verdict.opinion or (last.opinion if last else None),
        responsible=verdict.responsible or event.responsible,
        due_on=verdict.due_on or event.due_on,
        remark=verdict.remark or event.remark,
        reason=said or (event.reason if state == before else None),
        list_id=verdict.list_id,
        source=verdict.source,
    )
    return new if last is None or _content(new) != _content(last) else None


def _content(event: Event) -> tuple[object, ...]:
    return (
        event.state,
        event.responsible,
        event.due_on,
        event.remark,
        event.reason,
        event.cells_digest,
    )


def _next(last: Event | None, item: Item | None, who: str, at: datetime) -> Event:
    """Return the event after the last one, with what is known of the item now."""
    step = last.step + 1 if last else 1
    if item is None:
        assert last is not None  # noqa: S101 - the caller has refused the other case
        reason = None if last.automatic else last.reason
        return replace(
            last,
            step=step,
            who=who,
            decided_at=at,
            automatic=False,
            judged_before=None,
            reason=reason,
        )
    return Event(
        item.item_key,
        step,
        item.report_id,
        item.rule_id,
        item.rule_version,
        last.state if last else OPEN,
        who,
        at,
        item.org_id,
        item.organisation,
        item.report_year,
        item.scope,
        item.subject,
        item.subject_zh,
        item.finding,
        responsible=last.responsible if last else None,
        due_on=last.due_on if last else None,
        remark=last.remark if last else None,
        reason=last.reason if last and not last.automatic else None,
        cells_digest=item.judged.digest(),
        judged=item.judged.to_json(),
        sha256=item.sha256,
        numbers_digest=item.numbers_digest,
    )


def follow(last: Event, seen: Seen, at: datetime) -> Event | None:
    """Return what a build decides of an item by itself, or nothing where its state stands.

    What cannot be told (a blank in place of the number, a report or a rule that is gone) changes no
    state: the item's standing says so.
    """
    if seen.standing == "fails":
        name = _while_it_fails(last, seen)
    elif seen.standing == "passes":
        name = _as_it_passes(last, seen)
    else:
        name = None
    return _automatic(last, seen, name, at) if name else None


def _while_it_fails(last: Event, seen: Seen) -> str | None:
    if last.state == OPEN:
        return None
    if last.automatic:  # it passed, and fails again
        return "fails_again" if last.state in ("corrected", "false_alarm") else None
    same_rule, same_file = last.rule_version == seen.rule_version, last.sha256 == seen.sha256
    if last.evidence.differs(seen.judged, same_rule=same_rule):
        return _why_other(last, seen, same_rule=same_rule, same_file=same_file)
    is_new = not same_file and last.numbers_digest != seen.numbers_digest
    if last.state == "returned":
        return "republished" if is_new else None
    if last.state == "corrected":
        if is_new:
            return "republished"
        was_fetched = seen.last_seen_at is not None and seen.last_seen_at > last.decided_at
        return "still_on_the_site" if was_fetched else None
    return None


def _why_other(last: Event, seen: Seen, *, same_rule: bool, same_file: bool) -> str:
    if same_file and not same_rule:
        return "rule_judges_otherwise"
    if same_file and last.evidence.cells != seen.judged.cells:
        return "read_otherwise"
    return "still_fails" if last.state in ("returned", "corrected") else "cells_changed"


def _as_it_passes(last: Event, seen: Seen) -> str | None:
    if last.state == "false_alarm" or (last.state == "corrected" and last.automatic):
        return None
    same_rule, same_file = last.rule_version == seen.rule_version, last.sha256 == seen.sha256
    same_cells = last.evidence.cells == seen.judged.cells
    if not same_file and (not same_cells or (same_rule and not last.evidence.cells)):
        return "mended"
    if not same_rule:
        name = "withdrawn_by_rule"
    elif not same_cells or last.evidence.quote:
        name = "withdrawn_by_reading"
    else:
        name = "mended_elsewhere"
    # What was confirmed or corrected is settled; that the finding is gone since says nothing new.
    return name if last.state in (OPEN, "returned") else None


def _automatic(last: Event, seen: Seen, name: str, at: datetime) -> Event:
    before, after = last.evidence, seen.judged
    state, reason = automatic(
        name,
        change=change_of(before, after, seen.labels),
        old_version=last.rule_version,
        version=seen.rule_version,
    )
    return replace(
        last,
        step=last.step + 1,
        state=state,
        who=NIANBAO,
        decided_at=at,
        automatic=True,
        reason=reason,
        opinion=None,
        rule_version=seen.rule_version,
        finding=seen.finding or last.finding,
        cells_digest=after.digest(),
        judged=after.to_json(),
        judged_before=before.to_json(),
        sha256=seen.sha256,
        numbers_digest=seen.numbers_digest,
        list_id=None,
        source=None,
    )


__all__ = ["Judged", "RefusedError", "decide", "follow"]
