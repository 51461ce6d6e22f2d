"""Other processes read what is published: one version each, whatever happens meanwhile."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nianbao.warehouse.publish import publish
from support.copies import Copies

NOW = datetime(2026, 2, 1, tzinfo=UTC)
_REPORTS = 10
# One query, whose rows are asked for a few at a time; and one connection for new queries.
READER = """
import json, sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
long = con.cursor().sql("SELECT title FROM reports CROSS JOIN range(300_000)").to_arrow_reader(2048)
for line in sys.stdin:
    titles = set(next(long)["title"].to_pylist())
    titles |= {title for (title,) in con.execute("SELECT DISTINCT title FROM reports").fetchall()}
    if line == "last\\n":
        titles |= {title for batch in long for title in batch["title"].to_pylist()}
    print(json.dumps(sorted(titles)), flush=True)
"""


class Reader:
    """A process that holds one long query."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def titles(self, word: str = "next") -> list[str]:
        """Return the titles that the next rows of the query and a new query have."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        return list(json.loads(self._process.stdout.readline()))


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    command = [sys.executable, "-c", READER, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True) as process:  # type: ignore[call-overload]
        try:
            yield Reader(process)
        finally:
            process.kill()


def test_a_long_query_during_twenty_publications_sees_one_version(tmp_path: Path) -> None:
    copies = Copies(tmp_path, _REPORTS)

    def release(number: int) -> None:
        when = NOW + timedelta(minutes=number)
        publish(copies.root, copies.staging(number), "", when, sequence=number, keep=2)

    release(0)
    with reading(copies.root / "nianbao.duckdb") as early:
        seen = {*early.titles()}
        for number in range(1, 21):
            release(number)
            seen.update(early.titles())
            if number == 10:
                with reading(copies.root / "nianbao.duckdb") as late:
                    assert late.titles("last") == ["number 10"]
        seen.update(early.titles("last"))
    assert seen == {"number 0"}
    assert len(list((copies.root / "versions").iterdir())) == 2
