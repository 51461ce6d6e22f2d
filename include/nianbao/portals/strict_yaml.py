"""YAML in which a name given twice is an error; the standard loader keeps the last one in silence."""

from collections.abc import Hashable, Iterable
from typing import Any

import yaml


class _Strict:
    """A mapping's names checked as it is constructed."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        if len(names) != len(set(map(str, names))):
            twice = sorted({str(name) for name in names if names.count(name) > 1})
            raise yaml.MarkedYAMLError(
                problem=f"given twice: {', '.join(twice)}", problem_mark=node.start_mark
            )
        return super().construct_mapping(node, deep)  # type: ignore[misc,no-any-return]


class _StrictLoader(_Strict, yaml.SafeLoader):
    """The loader whose messages are clear."""


class _QuickLoader(_Strict, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The loader over libyaml, eight times as fast; a plan reads thousands of records."""


def load_strictly(text: str) -> object:
    """Return a YAML document; `yaml.YAMLError` where it isn't one or gives a name twice."""
    try:
        return yaml.load(text, Loader=_QuickLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError:
        # libyaml's messages say less of what is wrong: the slow loader tells it.
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader


def line_of(text: str, place: Iterable[str]) -> int | None:
    """Return the line, from 1, of a value in a YAML document: `("agencies", "0", "name")`.

    A place that the document goes only part of the way to is where it ends; one whose first step is
    not there, such as a missing name, has no line.
    """
    node, line = yaml.compose(text, Loader=yaml.SafeLoader), None
    for step in place:
        found = _step(node, step)
        if found is None:
            return line
        key, node = found
        line = key.start_mark.line + 1
    return line


def _step(node: yaml.Node | None, step: str) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
        item = node.value[int(step)]
        return item, item
    return None
