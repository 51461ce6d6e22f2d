"""Items, what was judged of them, and the events that tell their life."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from nianbao.privacy import masked

NIANBAO = "nianbao"
"""Who decides where no person does."""
_MOST_TOLD = 6


def is_person(name: str) -> bool:
    """Tell whether a name can be a person's: it is not empty, and not the one of the builds."""
    return unicodedata.normalize("NFKC", name).strip().casefold() not in ("", NIANBAO)


@dataclass(frozen=True)
class Judged:
    """What a finding rests on, as printed."""

    cells: Mapping[str, str] = field(default_factory=dict)
    """Printed text by cell code; a code whose row is missing has the text `None` in words: `缺`."""
    expected: str | None = None
    observed: str | None = None
    quote: str | None = None

    def digest(self) -> str:
        """Return the hash by which a changed cell is noticed."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]

    def to_json(self) -> str:
        """Return it as JSON with sorted keys."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Judged":
        """Return what `to_json` wrote."""
        return cls(**json.loads(text))

    def differs(self, other: "Judged", *, same_rule: bool) -> bool:
        """Tell whether something else was judged.

        Another version of a rule may word the same differently, so only cells and quotes count then.
        """
        if (self.cells, self.quote) != (other.cells, other.quote):
            return True
        return same_rule and (self.expected, self.observed) != (other.expected, other.observed)


def change_of(before: Judged, after: Judged, labels: Mapping[str, str] | None = None) -> str:
    """Say what changed, old and new side by side; at most a few cells."""
    names = labels or {}
    codes = [*before.cells, *(code for code in after.cells if code not in before.cells)]
    told = [
        f"{names.get(code, code)} {_shown(before.cells.get(code))} → {_shown(after.cells.get(code))}"
        for code in codes
        if before.cells.get(code) != after.cells.get(code)
    ]
    more = [f"… {len(told)}"] if len(told) > _MOST_TOLD else []
    if not told:
        told = [
            f"{_shown(old)} → {_shown(new)}"
            for old, new in (
                (before.quote, after.quote),
                (before.observed, after.observed),
                (before.expected, after.expected),
            )
            if old != new
        ]
    return "；".join([*told[:_MOST_TOLD], *more]) or "—"


def _shown(text: str | None) -> str:
    return text.strip() or "（空白）" if text is not None else "—"


@dataclass(frozen=True)
class Item:
    """A finding as the warehouse has it now."""

    item_key: str
    report_id: str
    rule_id: str
    rule_version: int
    judged: Judged
    org_id: str = ""
    organisation: str = ""
    report_year: int = 0
    scope: str = ""
    subject: str = ""
    subject_zh: str | None = None
    finding: str | None = None
    sha256: str = ""
    numbers_digest: str = ""


@dataclass(frozen=True)
class Event:
    """One decision on one item; the fields are the columns of the store."""

    item_key: str
    step: int
    report_id: str
    rule_id: str
    rule_version: int
    state: str
    who: str
    decided_at: datetime
    org_id: str = ""
    organisation: str = ""
    report_year: int = 0
    scope: str = ""
    subject: str = ""
    subject_zh: str | None = None
    finding: str | None = None
    opinion: str | None = None
    responsible: str | None = None
    due_on: date | None = None
    remark: str | None = None
    reason: str | None = None
    automatic: bool = False
    cells_digest: str = ""
    judged: str = "{}"
    judged_before: str | None = None
    sha256: str = ""
    numbers_digest: str = ""
    list_id: str | None = None
    source: str | None = None

    @property
    def evidence(self) -> Judged:
        """What was judged, its quote masked as the quotes of today are."""
        judged = Judged.from_json(self.judged)
        return replace(judged, quote=masked(judged.quote)) if judged.quote else judged

    def row(self) -> dict[str, Any]:
        """Return the event as a row of the store."""
        return asdict(self)


@dataclass(frozen=True)
class Verdict:
    """What a person says of an item; a field that is `None` leaves the last one as it is."""

    who: str
    at: datetime
    state: str | None = None
    opinion: str | None = None
    responsible: str | None = None
    due_on: date | None = None
    remark: str | None = None
    reason: str | None = None
    list_id: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Seen:
    """What a build finds of an item that somebody has decided on."""

    standing: str
    """`fails`, `passes`, `reworded`, `not_assessable`, `not_asked`, `report_gone` or `rule_gone`."""
    judged: Judged = field(default_factory=Judged)
    """What is printed now of what was judged."""
    rule_version: int = 0
    sha256: str = ""
    numbers_digest: str = ""
    last_seen_at: datetime | None = None
    """When the document was fetched last, in UTC."""
    finding: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
