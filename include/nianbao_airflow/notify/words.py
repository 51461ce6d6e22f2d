"""Filters for the templates of `alerts.yaml`: counts and lists as lines that people read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from jinja2 import ChainableUndefined, Environment

from nianbao_airflow.notify.kinds import alerts

LONGEST: Final = 300
"""Characters of one value; a page of HTML in an error must not push the rest out."""

# What stands in a title or an error is others' text: it may neither link, nor call people, nor
# close a tag. Full-width signs look the same and mean nothing to the services.
_HARMLESS: Final = str.maketrans("<>[]@*`#&", "＜＞［］＠＊｀＃＆")  # noqa: RUF001


class _Unknown(ChainableUndefined):
    """What a summary does not say: it prints as unknown, and never as nothing or 0."""

    def __str__(self) -> str:
        return alerts().words["unknown"]


def environment() -> Environment:
    """Return the templates' environment."""
    # Not HTML: mail escapes for itself, and the robots' mark-up is taken out by `harmless`.
    made = Environment(undefined=_Unknown, finalize=harmless, autoescape=False)  # noqa: S701
    made.filters |= {
        "counts": counts,
        "groups": groups,
        "items": items,
        "listed": listed,
        "size": size,
        "total": total,
    }
    return made


class Lines(str):
    """Lines that a filter made, which stay lines; their words are harmless already."""

    __slots__ = ()


def harmless(value: Any) -> Any:
    """Return a value as one line without mark-up."""
    if isinstance(value, Lines | _Unknown):
        return value
    text = re.sub(r"\s+", " ", str(value)).strip()
    text = "".join(sign for sign in text if sign.isprintable())
    return (text if len(text) <= LONGEST else text[:LONGEST] + "…").translate(_HARMLESS)


def counts(numbers: Any) -> str:
    """Return `新增 3，变更 1` of a mapping; what it holds of mappings is in brackets."""
    if not isinstance(numbers, Mapping):
        return str(numbers)
    parts = (
        f"{_label(key)}（{counts(value)}）"
        if isinstance(value, Mapping)
        else f"{_label(key)} {value}"
        for key, value in numbers.items()
    )
    return "，".join(parts)


def items(values: Iterable[Any], most: int) -> Lines:
    """Return the first of a list, a line each, and how many more there are."""
    return Lines("\n".join(_some(list(values), most)))


def groups(troubles: Mapping[str, Any], most: int) -> Lines:
    """Return each list under its name and its count."""
    lines: list[str] = []
    for name, values in troubles.items():
        lines += [f"【{_label(name)}】{size(values)}", *_some(_entries(values), most)]
    return Lines("\n".join(lines))


def listed(figures: Mapping[str, Any]) -> Lines:
    """Return figures, a line each."""
    return Lines("\n".join(f"{_label(key)}：{harmless(value)}" for key, value in figures.items()))


def size(value: Any) -> int:
    """Return how many there are, of a list or of a number that was counted already."""
    return value if isinstance(value, int) else len(value)


def total(troubles: Mapping[str, Any]) -> int:
    """Return how many there are in all lists together."""
    return sum(size(values) for values in troubles.values())


def _entries(values: Any) -> list[Any]:
    if isinstance(values, Mapping):
        return [f"{key}：{value}" for key, value in values.items()]
    return list(values)


def _some(values: list[Any], most: int) -> Iterator[str]:
    yield from (f"- {harmless(_said(value))}" for value in values[:most])
    if (more := len(values) - most) > 0:
        yield environment().from_string(alerts().words["more"]).render(count=more)


def _said(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return "，".join(str(part) for part in value.values() if part not in (None, ""))


def _label(name: Any) -> str:
    return str(harmless(alerts().labels.get(str(name), name)))
