"""The roles, as `roles.yaml` declares them."""

from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

FILE: Final = Path(__file__).with_name("roles.yaml")
REPORTS: Final = "Expectation Reports"
"""The resource that stands for the expectation reports."""

Permission = tuple[str, str]
"""Action and resource."""


class Role(BaseModel):
    """One role."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^nianbao_[a-z]+$")
    zh: str
    help: str
    like: str
    allow: tuple[Permission, ...] = ()
    forbid: tuple[Permission, ...] = ()

    def permissions(self, base: frozenset[Permission]) -> frozenset[Permission]:
        """Return all its permissions, given those of the role that it is like."""
        return (base - {*self.forbid}) | {*self.allow}


@cache
def roles() -> tuple[Role, ...]:
    """Return all that are declared."""
    text = FILE.read_text(encoding="utf-8")
    return tuple(TypeAdapter(list[Role]).validate_python(yaml.safe_load(text)))
