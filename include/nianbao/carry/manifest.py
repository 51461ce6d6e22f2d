"""The list of what a pack holds, inside the pack."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nianbao.errors import CarryError
from nianbao.model import sha256_of

MANIFEST = "manifest.json"
README = "README.txt"
FORMAT = "nianbao-pack/1"

Purpose = Literal["archive", "backup"]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Packed(BaseModel):
    """One file of a pack."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    size: Annotated[int, Field(ge=0)]
    sha256: Sha256


class Manifest(BaseModel):
    """What a pack holds, and what its files wait for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["nianbao-pack/1"] = "nianbao-pack/1"
    purpose: Purpose
    made_at: str
    """ISO time, UTC."""
    made_by: str
    part: Annotated[int, Field(ge=1)] = 1
    """Which one it is of those made together; `last` tells the last."""
    last: bool = True
    absent: tuple[Sha256, ...] = ()
    """Bytes that the log names and the sender lacks itself: nothing waits for them."""
    needs: Mapping[str, tuple[str, ...]] = {}
    """What has to be in place before a file: the parts of the log before the proof of a harvest's end."""
    files: tuple[Packed, ...]

    def data(self) -> bytes:
        """Return the manifest as it stands in the pack."""
        return self.model_dump_json(indent=1).encode()

    @property
    def id(self) -> str:
        """Name of the pack: a hash of all that it holds."""
        return sha256_of(self.data())[:16]


def read_manifest(data: bytes, name: str) -> Manifest:
    """Return the manifest of a pack; `CarryError` where it is not one that this version reads."""
    try:
        found = json.loads(data)
        known = isinstance(found, dict) and found.get("format")
        if known != FORMAT:
            raise CarryError(f"{name}: not a pack of this version: format {known!r}, not {FORMAT}")
        return Manifest.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CarryError(f"{name}: damaged manifest: {where}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise CarryError(f"{name}: damaged manifest: {error}") from error


@dataclass
class Notes:
    """What the manifests of a set of packs say beside their files."""

    purpose: Purpose
    made_at: str
    made_by: str
    absent: set[str] = field(default_factory=set)
    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def need_of(self, path: str) -> int:
        """Return the bytes that a file's needs take in the manifest, at most."""
        return sum(len(need) + 8 for need in self.needs.get(path, ())) + len(path) + 8

    @property
    def size(self) -> int:
        """Bytes that the hashes of what is absent take in the manifest, at most."""
        return 72 * len(self.absent)
