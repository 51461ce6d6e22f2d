"""Parsed parts below their root, which may be a folder or any fsspec URL."""

import io
from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.place import Place


class ParsedStore:
    """Parquet parts of parsed data, one folder per reader version."""

    def __init__(self, root: str) -> None:
        """Open the store; nothing is created before the first write."""
        self._place = Place.at(root)

    def parts(self) -> list[str]:
        """Return the paths of all parts, in a stable order."""
        return sorted(str(path) for path in self._glob("*/*.parquet"))

    def documents(self, reader_version: str, still_missing: Collection[str] = ()) -> set[str]:
        """Return the hashes of the documents that a reader version need not read again.

        One that waited for a converter is none of them, unless the reason it gave ends with one of
        `still_missing`: it would only wait again.
        """
        read: set[str] = set()
        for path in self._glob(f"{reader_version}/*.parquet"):
            with self._place.filesystem.open(path, "rb") as file:
                part = pq.read_table(file, columns=["sha256", "error_code", "error_message"])
            rows = part.to_pylist()
            waiting = {row["sha256"] for row in rows if _may_be_read_now(row, still_missing)}
            read |= {row["sha256"] for row in rows} - waiting
        return read

    def write(self, reader_version: str, name: str, table: pa.Table) -> str:
        """Write one part, whole or not at all, and return its path."""
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        return self._place.write(f"{reader_version}/{name}.parquet", buffer.getvalue())

    def _glob(self, pattern: str) -> list[str]:
        return list(self._place.filesystem.glob(self._place.full(pattern)))


def _may_be_read_now(row: Mapping[str, str | None], still_missing: Collection[str]) -> bool:
    waited = row["error_code"] == "converter_missing"
    return waited and not (row["error_message"] or "").endswith(tuple(still_missing))
