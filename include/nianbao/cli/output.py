"""What commands print, and the exit codes they leave with."""

import json
from collections.abc import Iterable
from typing import Any

import typer

PROBLEMS = 1
COULD_NOT_RUN = 2


def print_lines(items: Iterable[dict[str, Any]], is_problem: Any = lambda _: True) -> int:
    """Print objects as JSON lines and return how many of them are problems."""
    problems = 0
    for item in items:
        problems += bool(is_problem(item))
        typer.echo(json.dumps(item, ensure_ascii=False, default=str))
    return problems
