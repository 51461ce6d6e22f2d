"""What the work-list's form is: columns, words and notes, from `form.yaml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class FormColumn:
    """One column of the form."""

    name: str
    zh: str
    width: float
    fill: bool = False
    """True for what the reviewer fills in."""
    key: bool = False
    """True for what is hidden and names the row."""
    screen_only: bool = False
    """True for what is not printed."""


@cache
def form() -> dict[str, Any]:
    """Return the words of the form."""
    text = (files("nianbao.verdicts.worklist") / "form.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data


@cache
def columns() -> tuple[FormColumn, ...]:
    """Return the columns in the order in which they are written."""
    return tuple(FormColumn(**entry) for entry in form()["columns"])
