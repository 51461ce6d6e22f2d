"""YAML in which a name given twice is an error; the standard loader keeps the last one in silence."""

from collections.abc import Hashable
from typing import Any

import yaml


class _StrictLoader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        twice = sorted({str(name) for name in names if names.count(name) > 1})
        if twice:
            raise yaml.MarkedYAMLError(
                problem=f"given twice: {', '.join(twice)}", problem_mark=node.start_mark
            )
        return super().construct_mapping(node, deep)


def load_strictly(text: str) -> object:
    """Return a YAML document; `yaml.YAMLError` where it isn't one or gives a name twice."""
    return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
