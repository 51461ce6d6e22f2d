"""The fetch log as records, by portal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyarrow as pa

from nianbao.model import Fetch

Lines = Mapping[str, Sequence[tuple[str, Fetch]]]
"""Run id and line, by portal."""


def lines_by_portal(log: pa.Table) -> Lines:
    """Return the lines of a log, as `read_log` gives it, by portal."""
    found: dict[str, list[tuple[str, Fetch]]] = defaultdict(list)
    for row in log.to_pylist():
        run_id = row.pop("run_id")
        found[row["portal_id"]].append((run_id, Fetch(**row)))
    return dict(found)
