"""The rows of a work-list: findings and what was decided on them, in the words of the form."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from nianbao.privacy import masked, told_source
from nianbao.verdicts.model import Event, Item
from nianbao.verdicts.states import OPEN, title
from nianbao.verdicts.worklist.form import form


def list_row(
    number: int,
    found: Mapping[str, Any],
    item: Item,
    last: Event | None,
    list_id: str,
    harmless: Callable[[str], str],
) -> dict[str, Any]:
    """Return one row by the names of the form's columns.

    `harmless` makes a text safe that a spreadsheet might take for a formula. Personal data is masked.
    """
    words = form()
    texts = {
        "organisation": found["organisation"],
        "scope_zh": words["scopes"].get(found["scope"], found["scope"]),
        "severity_zh": words["severities"][found["severity"]],
        "title_zh": found["title_zh"],
        "message_zh": found["message_zh"],
        "quote": found["quote"],
        "blame_text": _blame(found, words),
        "advice_zh": found["advice_zh"],
        "state_text": state_text(last),
    }
    shown = {name: harmless(masked(text)) if text else None for name, text in texts.items()}
    return {
        **shown,
        "number": number,
        "report_year": found["report_year"],
        "source_url": harmless(told_source(found["source_url"])),
        "archived": archived(found["sha256"]),
        "item_key": item.item_key,
        "cells_digest": item.judged.digest(),
        "step": last.step if last else 0,
        "list_id": list_id,
    }


def archived(sha256: str) -> str:
    """Return where the archive keeps the bytes, below its root."""
    return f"bytes/{sha256[:2]}/{sha256}" if sha256 else ""


def _blame(found: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    whose = words["blames"].get(found["blame"], "")
    return f"{whose}：{found['blame_zh']}" if whose and found["blame_zh"] else whose


def state_text(last: Event | None) -> str:
    """Say an item's state in Chinese: when, by whom, until when, and why."""
    if last is None:
        return title(OPEN)
    due: date | None = last.due_on
    parts = [
        f"{title(last.state)}（{last.decided_at:%Y-%m-%d}，{last.who}）",
        f"责任单位：{last.responsible}" if last.responsible else "",
        f"期限：{due.isoformat()}" if due else "",
        f"备注：{last.remark}" if last.remark else "",
        (last.reason or "").partition(" / ")[0] if last.automatic else "",
    ]
    return "；".join(part for part in parts if part)
