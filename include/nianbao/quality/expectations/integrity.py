"""The integrity rules of the warehouse itself: one YAML file each, every one of them blocking."""

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nianbao.errors import ConfigurationError

FOLDER = Path(__file__).parents[1] / "integrity"


class IntegrityRule(BaseModel):
    """What must never be found in a warehouse; `sql` returns the offending rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title_zh: str = Field(min_length=1)
    title_en: str = Field(min_length=1)
    sql: str = Field(min_length=1)


def load_integrity_rules(folder: Path = FOLDER) -> tuple[IntegrityRule, ...]:
    """Return the integrity rules by id.

    Raises `ConfigurationError` where a file is invalid or isn't named for its rule.
    """
    return tuple(_load(path) for path in sorted(folder.glob("*.yaml")))


def _load(path: Path) -> IntegrityRule:
    try:
        rule = IntegrityRule.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise ConfigurationError(f"integrity/{path.name}: {error}") from error
    if rule.id != path.stem:
        raise ConfigurationError(f"integrity/{path.name}: its id is {rule.id!r}")
    return rule
