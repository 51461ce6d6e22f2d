"""The kinds of alert, as `alerts.yaml` declares them."""

from functools import cache
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from nianbao.errors import ConfigurationError

FILE: Final = Path(__file__).with_name("alerts.yaml")


class Kind(BaseModel):
    """One kind of alert."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str = Field(alias="for")
    errors: tuple[str, ...] = ()
    to: tuple[Literal["operators", "reviewers"], ...] = Field(min_length=1)
    when: str = "true"
    level: Literal["error", "warning", "info"]
    same: tuple[str, ...]
    repeat_hours: float = Field(ge=0)
    title: str
    text: str
    links: tuple[str, ...] = ()


class Alerts(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: dict[str, str]
    advice: dict[str, str]
    alerts: dict[str, Kind]
    labels: dict[str, str]


@cache
def alerts() -> Alerts:
    """Return what `alerts.yaml` declares."""
    return Alerts.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def kind(name: str) -> Kind:
    """Return a kind; ConfigurationError for a name that `alerts.yaml` does not have."""
    try:
        return alerts().alerts[name]
    except KeyError:
        known = ", ".join(alerts().alerts)
        raise ConfigurationError(f"alert {name} is none of {known}") from None


def kind_of(error: type[BaseException] | None) -> str:
    """Return the kind that a failure is; one without an error, as of a whole run, is the general."""
    names = {cls.__name__ for cls in error.__mro__} if error else set()
    fitting = (name for name, one in alerts().alerts.items() if names & {*one.errors})
    return next(fitting, "failure")


def advice_for(error: type[BaseException] | None) -> str:
    """Return what to do first about an error; without one, the task's process is gone."""
    if error is None:
        return alerts().words["killed"]
    by_class = (alerts().advice.get(cls.__name__) for cls in error.__mro__)
    return next(filter(None, by_class), "")
