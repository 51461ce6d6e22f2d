"""The lines of a part of the fetch log while it is still being written.

A kill must not cost them: what is archived but not in the log would be asked for again. On a disk
they go to a journal, one line of JSON each, which the part replaces at the end; a journal that was
left behind is read as the part it would have become. An object store has no appending: there a
part is written every so many lines.
"""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self
from uuid import uuid4

from fsspec.implementations.local import LocalFileSystem

from nianbao.archive.log import JOURNAL_SUFFIX, part_path, write_part
from nianbao.archive.place import Place
from nianbao.model import Fetch

_LINES_PER_PART = 100


class LogWriter:
    """Writes one part of the log, of one task attempt; safe to use from several threads.

    Its name is unique, so that an attempt that is made again never replaces what it wrote before.
    """

    def __init__(self, root_url: str, run_id: str, name: str) -> None:
        """Write nothing yet."""
        self._root_url, self._run_id, self._name = root_url, run_id, f"{name}-{uuid4().hex[:8]}"
        self._guard = Lock()
        self._lines: list[Fetch] = []
        self._parts = 0
        place = Place.at(root_url)
        self._journal: Path | None = None
        if isinstance(place.filesystem, LocalFileSystem):
            path = place.full(part_path(run_id, self._name))
            self._journal = Path(path).with_suffix(JOURNAL_SUFFIX)

    def add(self, fetch: Fetch) -> None:
        """Keep a line; from here on no kill can lose it on a disk."""
        with self._guard:
            self._lines.append(fetch)
            if self._journal is not None:
                _append(self._journal, fetch)
            elif len(self._lines) >= _LINES_PER_PART:
                self._write()

    def close(self) -> None:
        """Write the part; a part without lines says that the portals were worked."""
        with self._guard:
            self._write()
            if self._journal is not None:
                self._journal.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _write(self) -> None:
        suffix = f"-{self._parts:04d}" if self._journal is None else ""
        write_part(self._root_url, self._run_id, self._name + suffix, self._lines)
        self._lines = []
        self._parts += 1


def _append(path: Path, fetch: Fetch) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(fetch), default=datetime.isoformat, ensure_ascii=False)
    with path.open("ab", buffering=0) as file:
        file.write(f"{line}\n".encode())
