"""Events and items to judge."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from nianbao.verdicts.model import Event, Item, Judged, Seen, Verdict

START = datetime(2026, 3, 1, 8)  # noqa: DTZ001 - the store keeps plain UTC
CELLS = {"a.total": "3", "a.part": "1"}
JUDGED = Judged(CELLS, "1", "3")


def item(**changes: Any) -> Item:
    """Return a finding."""
    plain = Item("k" * 16, "r" * 16, "applications_row_sum", 2, JUDGED, "org", "某局", 2021, "agency",
                 "received", "新收", "填报 3，应为 1", "s1", "n1")  # fmt: skip
    return replace(plain, **changes)


def verdict(state: str | None = None, step: int = 0, **changes: Any) -> Verdict:
    """Return what a person says; `step` is hours later."""
    plain = Verdict("李四", START + timedelta(hours=step), state, remark="核对过")
    return replace(plain, **changes)


def event(state: str, **changes: Any) -> Event:
    """Return a person's first decision on the finding."""
    plain = Event("k" * 16, 1, "r" * 16, "applications_row_sum", 2, state, "李四", START, "org", "某局",
                  2021, "agency", "received", cells_digest=JUDGED.digest(), judged=JUDGED.to_json(),
                  sha256="s1", numbers_digest="n1")  # fmt: skip
    return replace(plain, **changes)


def seen(standing: str = "fails", **changes: Any) -> Seen:
    """Return what a build finds of it: nothing has changed."""
    return replace(Seen(standing, JUDGED, 2, "s1", "n1", START - timedelta(days=9)), **changes)
