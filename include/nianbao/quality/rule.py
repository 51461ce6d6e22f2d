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
    """Return every rule in the order of their ids.

    Raises `ConfigurationError` where a file is invalid or its name is not the rule's id.
    """
    folder = files("nianbao.quality") / "rules"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml"))
    return tuple(_load(name, (folder / name).read_text("utf-8")) for name in names)


def _load(name: str, text: str) -> Rule:
    try:
        rule = Rule.model_validate(yaml.safe_load(text))
    except (ValidationError, yaml.YAMLError) as error:
        raise ConfigurationError(f"rules/{name}: {error}") from error
    if f"{rule.id}.yaml" != name:
        raise ConfigurationError(f"rules/{name}: holds the rule {rule.id!r}")
    return rule
