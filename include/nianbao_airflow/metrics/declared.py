"""The metrics, as `metrics.yaml` declares them, and their values in what a step returned."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

FILE: Final = Path(__file__).with_name("metrics.yaml")
PREFIX: Final = "nianbao."
"""Before all our names; Airflow puts its own `statsd_prefix` before that."""


class Metric(BaseModel):
    """One metric, or one per key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    type: Literal["counter", "gauge", "timer"]
    unit: str
    steps: tuple[str, ...] = Field(min_length=1)
    value: str
    help: str
    keys: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that are sent."""
        return tuple(f"{PREFIX}{self.name}.{key}" for key in self.keys) or (PREFIX + self.name,)


@cache
def metrics() -> tuple[Metric, ...]:
    """Return all that are declared."""
    text = FILE.read_text(encoding="utf-8")
    return tuple(TypeAdapter(list[Metric]).validate_python(yaml.safe_load(text)))


def values(step: str, facts: Mapping[str, Any]) -> Iterator[tuple[Metric, str, float]]:
    """Yield each metric of a step with the name to send and its value; what is not there is left out."""
    for metric in metrics():
        if step not in metric.steps:
            continue
        found = value_at(facts, metric.value)
        by_key = found if metric.keys and isinstance(found, Mapping) else {"": found}
        for key, value in by_key.items():
            name = f"{PREFIX}{metric.name}.{key}" if key else PREFIX + metric.name
            if value is not None and name in metric.names:
                yield metric, name, float(value)


def value_at(facts: Any, path: str) -> Any:
    """Return what stands at a path, or None: `a.b` of mappings, `a[].b` the sum over a list."""
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    found = facts.get(name) if isinstance(facts, Mapping) else None
    if head != name:
        parts = [value_at(one, rest) for one in found or ()]
        known = [part for part in parts if part is not None]
        return sum(known) if found is not None and len(known) == len(parts) else None
    return value_at(found, rest) if rest else found
