"""The lines of a part of the fetch log while it is still being written.

A kill must not cost them: what is archived but not in the log would be asked for again. On a disk
they go to a journal, one line of JSON each, which the part replaces at the end; a journal that was
left behind is read as the part it would have become. An object store has no appending: there the part
itself is put anew, every so many lines and seconds, so that a kill costs the last few at most, and an
attempt leaves one part however long it took.
"""

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self
from uuid import uuid4

from nianbao.archive.log import JOURNAL_SUFFIX, part_path, write_part
from nianbao.archive.place import Place
from nianbao.model import Fetch

_LINES_AT_ONCE = 100
_SECONDS_AT_ONCE = 20.0
"""On an object store: what a kill may cost at most, while portals answer."""
_LINES_PER_PART = 5_000
"""Then a new part begins: each is put whole, again and again."""


class LogWriter:
    """Writes one part of the log, of one task attempt; safe to use from several threads.

    Its name is unique, so that an attempt that is made again never replaces what it wrote before.
    """

    def __init__(
        self,
        root_url: str,
        run_id: str,
        name: str,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write nothing yet."""
        self._root_url, self._run_id, self._name = root_url, run_id, f"{name}-{uuid4().hex[:8]}"
        self._guard = Lock()
        self._lines: list[Fetch] = []
        self._parts = 0
        self._monotonic = monotonic
        self._written, self._written_at = 0, monotonic()
        place = Place.at(root_url)
        self._journal: Path | None = None
        if place.is_local:
            path = place.full(part_path(run_id, self._name))
            self._journal = Path(path).with_suffix(JOURNAL_SUFFIX)

    def add(self, fetch: Fetch) -> None:
        """Keep a line; from here on no kill can lose it on a disk."""
        with self._guard:
            self._lines.append(fetch)
            if self._journal is not None:
                _append(self._journal, fetch)
            elif self._is_due():
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

    def _is_due(self) -> bool:
        new = len(self._lines) - self._written
        return new >= _LINES_AT_ONCE or self._monotonic() - self._written_at >= _SECONDS_AT_ONCE

    def _write(self) -> None:
        suffix = f"-{self._parts:04d}" if self._journal is None else ""
        write_part(self._root_url, self._run_id, self._name + suffix, self._lines)
        self._written, self._written_at = len(self._lines), self._monotonic()
        if len(self._lines) >= _LINES_PER_PART:
            self._lines, self._written = [], 0
            self._parts += 1


def _append(path: Path, fetch: Fetch) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(fetch), default=datetime.isoformat, ensure_ascii=False)
    left = f"{line}\n".encode()
    with path.open("ab", buffering=0) as file:
        whole = file.seek(0, os.SEEK_END)
        try:
            while left:  # a disk that fills takes a part of a line, and refuses the rest
                left = left[file.write(left) :]
        except OSError:
            # The next line would be glued to it, and the journal be damaged.
            file.truncate(whole)
            raise
