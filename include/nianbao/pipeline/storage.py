"""Parsed parts below their root, which may be a folder or any fsspec URL."""

import io
from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.copies import local_copies
from nianbao.archive.place import Place


class ParsedStore:
    """Parquet parts of parsed data, one folder per reader version."""

    def __init__(self, root: str, cache: Path) -> None:
        """Open the store; nothing is created before the first write.

        `cache` is a folder for copies of what comes from an object store.
        """
        self._place = Place.at(root)
        self._cache = cache

    def parts(self) -> list[str]:
        """Return files of this machine with all parts, in a stable order.

        The database has no reader for object stores of its own, and every build reads everything:
        so it reads copies, of which only the new ones have to come.
        """
        return [str(path) for path in self._files("")]

    def documents(self, reader_version: str, still_missing: Collection[str] = ()) -> set[str]:
        """Return the hashes of the documents that a reader version need not read again.

        One that waited for a converter is none of them, unless the reason it gave ends with one of
        `still_missing`: it would only wait again.
        """
        read: set[str] = set()
        for path in self._files(reader_version):
            # Without `partitioning`, a folder named `a=b` on the way would become a column.
            columns = ["sha256", "error_code", "error_message"]
            part = pq.read_table(path, columns=columns, partitioning=None)
            rows = part.to_pylist()
            waiting = {row["sha256"] for row in rows if _may_be_read_now(row, still_missing)}
            read |= {row["sha256"] for row in rows} - waiting
        return read

    def write(self, reader_version: str, name: str, table: pa.Table) -> str:
        """Write one part, whole or not at all, and return its path."""
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        return self._place.write(f"{reader_version}/{name}.parquet", buffer.getvalue())

    def _files(self, reader_version: str) -> list[Path]:
        if self._place.is_local:
            pattern = self._place.full(f"{reader_version or '*'}/*.parquet")
            return sorted(Path(path) for path in self._place.filesystem.glob(pattern))
        # All of them whichever is asked for: what is no longer listed is forgotten in the end.
        copies = local_copies(self._place, "", ".parquet", self._cache)
        return [path for path in copies if reader_version in ("", path.parent.name)]


def _may_be_read_now(row: Mapping[str, str | None], still_missing: Collection[str]) -> bool:
    waited = row["error_code"] == "converter_missing"
    return waited and not (row["error_message"] or "").endswith(tuple(still_missing))
