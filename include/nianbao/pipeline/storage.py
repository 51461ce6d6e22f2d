"""Parsed parts below their root, which may be a folder or any fsspec URL."""

import io

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

    def documents(self, reader_version: str) -> set[str]:
        """Return the hashes of the documents that a reader version has read."""
        read: set[str] = set()
        for path in self._glob(f"{reader_version}/*.parquet"):
            with self._place.filesystem.open(path, "rb") as file:
                column = pq.read_table(file, columns=["sha256"]).column("sha256")
            read.update(column.to_pylist())
        return read

    def write(self, reader_version: str, name: str, table: pa.Table) -> str:
        """Write one part, whole or not at all, and return its path."""
        buffer = io.BytesIO()
        pq.write_table(table, buffer, compression="zstd")
        return self._place.write(f"{reader_version}/{name}.parquet", buffer.getvalue())

    def _glob(self, pattern: str) -> list[str]:
        return list(self._place.filesystem.glob(self._place.full(pattern)))
