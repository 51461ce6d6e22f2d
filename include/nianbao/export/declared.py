"""What `resources.yaml` declares of the tables and views."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True)
class Declared:
    """Facts of the tables and views that their file does not hold."""

    left_out: dict[str, str]
    """Tables that are not exported, by name or pattern, with the reason."""
    keys: dict[str, tuple[str, ...]]
    of_reports: frozenset[str]
    large: frozenset[str]
    """Views with so many rows that no copy of them is made."""
    not_in_csv: dict[str, frozenset[str]]
    withheld: dict[str, frozenset[str]]
    """Columns that no export has, by relation."""
    units: dict[str, str]
    """Unit by name of the column."""

    def reason_to_leave(self, relation: str) -> str:
        """Return why a table is not for analysts; empty where it is."""
        found = (why for name, why in self.left_out.items() if fnmatchcase(relation, name))
        return next(found, "")


@cache
def load_declared() -> Declared:
    """Return the declarations."""
    data = read_yaml("resources.yaml")
    return Declared(
        left_out=data["left_out"],
        keys={name: tuple(columns) for name, columns in data["keys"].items()},
        of_reports=frozenset(data["of_reports"]),
        large=frozenset(data["large"]),
        not_in_csv={name: frozenset(columns) for name, columns in data["not_in_csv"].items()},
        withheld={name: frozenset(columns) for name, columns in data["withheld"].items()},
        units=data["units"],
    )


def read_yaml(name: str) -> Any:
    """Return the content of one of this folder's files."""
    return yaml.safe_load((files("nianbao.export") / name).read_text("utf-8"))
