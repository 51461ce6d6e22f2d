"""Checks on the terminal, for people."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.table import Table

_STATUS = {"pass": "通过 pass", "fail": "不通过 fail", "not_assessable": "无法核验 not assessable"}
_HEADINGS = ("级别 severity", "规则 rule", "问题 finding", "责任 blame")
_BLAME = {
    "publisher": "填报问题 publisher",
    "reading": "识读存疑 reading",
    "unclear": "待核 unclear",
}
_HINTS_SHOWN = 3
_SEVERITY = {"error": "错误 error", "warning": "疑点 warning", "info": "提示 info"}


def show_checks(checks: Sequence[dict[str, Any]], console: Console | None = None) -> None:
    """Print one table per report: its failed checks, and a line with the counts of all."""
    console = console or Console()
    for source, group in groupby(checks, key=lambda item: item["source"]):
        items = list(group)
        errors = [item["error"] for item in items if "error" in item]
        for error in errors:
            console.print(f"{source}: {error['code']}: {error['message']}", markup=False)
        if not errors:
            _show_report(items, console)


def _show_report(items: Sequence[dict[str, Any]], console: Console) -> None:
    first = items[0]
    title = f"{first['organisation']} {first['report_year']} ({first['source']})"
    console.print(title, style="bold", markup=False)
    failed = [item for item in items if item["status"] == "fail"]
    if failed:
        console.print(_table(failed))
        for hint in (failed[0]["hints_zh"] or ())[:_HINTS_SHOWN]:
            console.print(f"提示 hint: {hint}", markup=False)
    counts = Counter(item["status"] for item in items)
    line = " · ".join(f"{label}: {counts[status]}" for status, label in _STATUS.items())
    console.print(line + "\n", markup=False)


def _table(failed: Sequence[dict[str, Any]]) -> Table:
    table = Table()
    for heading in _HEADINGS:
        table.add_column(heading, overflow="fold")  # Chinese has no spaces to wrap at
    for item in failed:
        table.add_row(
            _SEVERITY[item["severity"]],
            item["title_zh"],
            item["message_zh"],
            _BLAME[item["blame"]],
        )
    return table
