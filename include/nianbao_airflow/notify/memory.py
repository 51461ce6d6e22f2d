"""What was told lately, so that it is not told again: one Airflow Variable, shared by all workers.

Two tasks that fail in the same second may both tell; a lost memory makes a message more, never one
less. Deleting the Variable makes everything be told anew.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

VARIABLE: Final = "nianbao_alerts_told"
KEPT: Final = 200
"""Entries; the oldest go first, so the Variable stays small."""

Told = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to tell, how many equal alerts were held back since the last, and the new memory."""

    tell: bool
    suppressed: int
    told: Told


def decide(told: Told, key: str, now: datetime, hours: float) -> Decision:
    """Decide about an alert; pure."""
    known = told.get(key)
    if known and now - datetime.fromisoformat(known["at"]) < timedelta(hours=hours):
        entry = {"at": known["at"], "suppressed": known["suppressed"] + 1}
        return Decision(False, 0, _kept({**told, key: entry}))
    fresh = {"at": now.isoformat(timespec="seconds"), "suppressed": 0}
    suppressed = known["suppressed"] if known else 0
    return Decision(True, suppressed, _kept({**told, key: fresh}))


def remember(
    read: Callable[[], str], write: Callable[[str], None], key: str, now: datetime, hours: float
) -> Decision:
    """Decide by the memory that is kept outside, and keep it; a spoilt memory counts as none."""
    try:
        told = {one: entry for one, entry in json.loads(read() or "{}").items() if entry["at"]}
        decision = decide(told, key, now, hours)
    except (ValueError, TypeError, KeyError, AttributeError):
        decision = decide({}, key, now, hours)
    write(json.dumps(decision.told))
    return decision


def forget(read: Callable[[], str], write: Callable[[str], None], key: str) -> None:
    """Take an alert out of the memory, as one that nobody got."""
    told = json.loads(read() or "{}")
    told.pop(key, None)
    write(json.dumps(told))


def read_variable() -> str:
    """Return the memory as Airflow keeps it; empty before the first alert."""
    from airflow.sdk import Variable

    return str(Variable.get(VARIABLE, default="{}"))


def write_variable(text: str) -> None:
    """Give Airflow the memory to keep."""
    from airflow.sdk import Variable

    Variable.set(VARIABLE, text, description="Alerts sent lately; deleting it sends them anew")


def _kept(told: Told) -> Told:
    latest = sorted(told, key=lambda key: str(told[key]["at"]))[-KEPT:]
    return {key: told[key] for key in latest}
