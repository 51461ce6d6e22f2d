"""What the checks of a version found that those of the version before did not, and the other way round."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from nianbao.site.checks.source import CHECKS
from nianbao.site.warehouse import MEMORY, Row


@dataclass(frozen=True)
class Drift:
    """The comparison with the version before."""

    before: str
    """Id of that version; empty where there is none."""
    rows: Sequence[Row] = ()
    problem: str = ""
    """Why the two could not be compared."""


def drift_against(before: str, old: Path | None, new: Path, scratch: Path) -> Drift:
    """Compare two published files; a file of another schema is a problem that is told, no error."""
    if old is None:
        return Drift(before)
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(scratch)}) as con:
        con.execute("SET enable_progress_bar = false")
        try:
            for name, file in (("before", old), ("now", new)):
                path = str(file).replace("'", "''")
                con.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
            found = con.execute(CHECKS.query("drift"))
        except duckdb.Error as error:
            return Drift(before, problem=" ".join(str(error).split())[:200])
        names = [column[0] for column in found.description]
        return Drift(before, [dict(zip(names, row, strict=True)) for row in found.fetchall()])
