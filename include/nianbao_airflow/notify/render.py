"""From what happened to what people read."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from nianbao.model import sha256_of
from nianbao_airflow.notify.kinds import Kind, alerts, kind
from nianbao_airflow.notify.message import Message
from nianbao_airflow.notify.words import environment

ZONE: Final = ZoneInfo("Asia/Shanghai")

_COUNT: Final = re.compile(r"(?<![A-Za-z0-9_/.:-])\d+(?![A-Za-z0-9_/.:-])")

Links = tuple[tuple[str, str], ...]


def whole(summary: Mapping[str, Any]) -> dict[str, Any]:
    """Return a summary with its non-empty lists as `troubles` and its plain values as `figures`."""
    troubles = {
        key: value for key, value in summary.items() if isinstance(value, list | tuple) and value
    }
    figures = {
        key: value
        for key, value in summary.items()
        if isinstance(value, str | int | float) and key not in {"year", "deadline"}
    }
    return {"troubles": troubles, "figures": figures, **summary}


def is_due(one: Kind, summary: Mapping[str, Any]) -> bool:
    """Tell whether there is anything to say."""
    return bool(environment().compile_expression(one.when)(**summary))


def fingerprint(name: str, summary: Mapping[str, Any]) -> str:
    """Return what two alerts have in common that are one."""
    same = [name, *(summary.get(field) for field in kind(name).same)]
    text = json.dumps(same, ensure_ascii=False, sort_keys=True, default=str)
    # "for 12 days" is "for 13 days" tomorrow and still the same; digits of ids and names stay.
    text = _COUNT.sub("#", text)
    return f"{name}-{sha256_of(text.encode())[:16]}"


def message_of(
    name: str,
    summary: Mapping[str, Any],
    links: Links,
    now: datetime,
    suppressed: int,
    hours: float,
) -> Message:
    """Return the message; `suppressed` equal ones were not sent in the last `hours`."""
    one, words = kind(name), alerts().words
    lines = _render(one.text, summary).splitlines()
    if suppressed:
        lines.append(_render(words["repeated"], {"hours": f"{hours:g}", "count": suppressed}))
    return Message(
        kind=name,
        level=one.level,
        title=words["prefix"] + _render(one.title, summary).strip(),
        lines=tuple(line.strip() for line in lines if line.strip()),
        links=links,
        at=now.astimezone(ZONE).strftime(words["time"]),
    )


def _render(template: str, summary: Mapping[str, Any]) -> str:
    return environment().from_string(template).render(**summary)
