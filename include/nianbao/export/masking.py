"""Which columns of an export may hold personal data, and the mask for it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from nianbao.privacy import SHORTEST, candidate, masked

__all__ = ["SHORTEST", "Masking", "load_masking", "masked"]


@dataclass(frozen=True)
class Masking:
    """What is masked, and in which columns it is not looked for."""

    candidate: str
    """A pattern that every text with something to mask fits; both RE2 and Python read it."""
    identifiers: frozenset[str]
    figures: frozenset[str]


@cache
def load_masking() -> Masking:
    """Return the declared columns, and the pattern that sorts out texts."""
    data = yaml.safe_load((files("nianbao.export") / "masking.yaml").read_text("utf-8"))
    return Masking(
        candidate=candidate(),
        identifiers=frozenset(data["identifiers"]),
        figures=frozenset(data["figures"]),
    )
