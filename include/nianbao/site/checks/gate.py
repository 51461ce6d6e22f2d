"""What the gate said of a build, kept beside the reports as `gate.json`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from nianbao.errors import ConfigurationError

FILE = "gate.json"


@dataclass(frozen=True)
class GateRecord:
    """The gate's result."""

    passed: bool
    rules: int
    """Rules evaluated."""
    integrity: int
    """Integrity rules evaluated."""
    problems: Sequence[str] = ()
    failing: Mapping[str, int] | None = None
    """Failing rows of each rule, as Great Expectations counted them."""


def record_text(record: GateRecord) -> str:
    """Return the record as a file."""
    return json.dumps(asdict(record), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def load_record(folder: Path) -> GateRecord | None:
    """Return the record that a folder of reports holds, if it holds one.

    Raises `ConfigurationError` where it is damaged.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        return GateRecord(**json.loads(path.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        raise ConfigurationError(f"{path} is damaged: {error}") from error
