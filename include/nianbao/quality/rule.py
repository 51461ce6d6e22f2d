"""A rule as its file states it; everything else about checking derives from these files."""

from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nianbao.errors import ConfigurationError
from nianbao.model import Severity


class Rule(BaseModel):
    """One rule: what it says, why, of which forms, and the query that decides it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    theme: str
    """Folder of the file: what the rule is about."""
    severity: Severity
    forms: tuple[str, ...]
    subject_kind: str
    """What one result is about: `report`, `table`, or `<table>.row` / `<table>.column`."""
    title_zh: str
    title_en: str
    basis: str
    sql: str
    """Returns `report_id, subject, status, expected, observed, note`, one row per subject.

    It reads the tidy tables of `tidy.sql` and may use the macros of `macros.sql`.
    """


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return every rule in the order of their ids; a rule's theme is the folder it lies in.

    Raises `ConfigurationError` where a file is invalid, its name is not the rule's id, or two
    files have one id.
    """
    found = [
        _load(theme.name, item.name, item.read_text("utf-8"))
        for theme in (files("nianbao.quality") / "rules").iterdir()
        if theme.is_dir()
        for item in theme.iterdir()
        if item.name.endswith(".yaml")
    ]
    rules = {rule.id: rule for rule in found}
    if len(rules) < len(found):
        raise ConfigurationError("two rule files have one id")
    return tuple(rule for _, rule in sorted(rules.items()))


def _load(theme: str, name: str, text: str) -> Rule:
    try:
        rule = Rule.model_validate({**yaml.safe_load(text), "theme": theme})
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise ConfigurationError(f"rules/{theme}/{name}: {error}") from error
    if f"{rule.id}.yaml" != name:
        raise ConfigurationError(f"rules/{theme}/{name}: holds the rule {rule.id!r}")
    return rule
