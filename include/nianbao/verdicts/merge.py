"""Events from elsewhere held against those of a store: what is missing, and what cannot be joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from nianbao.verdicts.model import Event


@dataclass(frozen=True)
class Missing:
    """What a store does not have of some events."""

    events: tuple[Event, ...]
    """Those to add; none of an item that was decided otherwise."""
    conflicts: tuple[str, ...]
    """Keys of items with another decision at the same step: two histories, of which the store's stands.

    Joined, an older decision could follow a newer one and win.
    """


def missing_of(known: Iterable[Event], events: Sequence[Event]) -> Missing:
    """Return what a store that knows some events lacks of others, item by item."""
    decisions = {(event.item_key, event.step): _decision(event) for event in known}
    conflicts = {
        event.item_key
        for event in events
        if decisions.get((event.item_key, event.step), _decision(event)) != _decision(event)
    }
    new = {
        (event.item_key, event.step): event
        for event in events
        if event.item_key not in conflicts and (event.item_key, event.step) not in decisions
    }
    return Missing(tuple(new.values()), tuple(sorted(conflicts)))


def _decision(event: Event) -> tuple[str | bool | date | datetime | None, ...]:
    """Return what makes a decision this one; what it rests on follows from the build."""
    return (
        event.state,
        event.who,
        event.decided_at,
        event.automatic,
        event.responsible,
        event.due_on,
        event.remark,
        event.reason,
    )
