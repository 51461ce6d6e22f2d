"""Small tables that each finished harvest leaves beside the log, a file per attempt."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.copies import contents
from nianbao.archive.place import Place
from nianbao.errors import BuildError


@dataclass(frozen=True)
class Records:
    """One kind of record."""

    folder: str
    """Its folder in the archive."""
    schema: pa.Schema
    told: str
    """What it says of a run, for the message about a damaged file."""

    def write(
        self, root_url: str, run_id: str, part: str, rows: Sequence[Mapping[str, Any]]
    ) -> str:
        """Write the rows of one finished harvest and return the file's path."""
        buffer = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, self.schema), buffer, compression="zstd")
        names = f"{quote(run_id, safe='')}/{quote(part, safe='')}-{uuid4().hex[:8]}"
        return Place.at(root_url).write(f"{self.folder}/{names}.parquet", buffer.getvalue())

    def read(self, root_url: str, cache: Path | None) -> pa.Table:
        """Return the rows of all harvests; `BuildError` where a file is damaged.

        `cache` is a folder for copies of what comes from an object store.
        """
        place = Place.at(root_url)
        files = contents(place, self.folder, ".parquet", None if place.is_local else cache)
        return pa.concat_tables([self.schema.empty_table(), *(self._read(*one) for one in files)])

    def _read(self, path: str, data: bytes) -> pa.Table:
        try:
            return pq.read_table(io.BytesIO(data)).cast(self.schema)
        except (pa.ArrowInvalid, ValueError) as error:
            run = unquote(path.split("/")[-2])
            raise BuildError(
                f"damaged record of what {run} {self.told}: {path}: {error}"
            ) from error
