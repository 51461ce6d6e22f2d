"""The provinces: folder of the registry, Chinese name, first digits of the division codes."""

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

CENTRAL = "central"
"""Folder of the ministries and other bodies that belong to no province."""
_SHORTEST = 2


class Province(BaseModel):
    """One province, autonomous region or municipality."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str
    name: str
    code: str
    """First two digits of every division code in it."""


@cache
def provinces() -> dict[str, Province]:
    """Return the provinces by folder."""
    text = (files("nianbao.portals") / "provinces.yaml").read_text("utf-8")
    return {
        folder: Province(folder=folder, **facts) for folder, facts in yaml.safe_load(text).items()
    }


def province_of(name: str = "", division: str = "") -> Province | None:
    """Return the province that a name (浙江, 浙江省, zhejiang) or else a division code tells."""
    name = name.strip()
    for province in provinces().values():
        by_name = name.lower() == province.folder or (
            len(name) >= _SHORTEST and province.name.startswith(name)
        )
        if by_name or (not name and division[:2] == province.code):
            return province
    return None
