"""What an archive of files may cost, and what its files may be called."""

import posixpath
from dataclasses import dataclass

from nianbao.errors import ReadError

MOST_MEMBERS = 500
MOST_BYTES = 60_000_000
"""Of one file, unpacked."""

MOST_BYTES_IN_ALL = 200_000_000
_MOST_RATIO = 200
"""Reports shrink to a twentieth at best; bombs to a thousandth."""

_SMALL = 1_000_000
"""Bytes below which the ratio doesn't matter."""

_RESIDUE = ("__MACOSX/",)
_RESIDUE_NAMES = (".DS_Store", "Thumbs.db", "desktop.ini")
_LOCK_FILE = "~$"


@dataclass
class Budget:
    """What is left of the limits while an archive is unpacked."""

    members: int = MOST_MEMBERS
    unpacked: int = MOST_BYTES_IN_ALL

    @property
    def is_spent(self) -> bool:
        """Tell whether nothing more may be unpacked: too many files, or too many bytes in all."""
        return self.members < 0 or self.unpacked < 0

    def declared(self, size: int, packed: int) -> None:
        """Refuse a member by what the directory says of it; raises `ReadError("over_limit")`."""
        self.members -= 1
        if self.members < 0:
            raise ReadError("over_limit", f"an archive of more than {MOST_MEMBERS} files")
        if size > MOST_BYTES or (size > _SMALL and size > _MOST_RATIO * max(packed, 1)):
            raise ReadError("over_limit", f"unpacks to {size} bytes from {packed}")

    def taken(self, size: int) -> None:
        """Count what was really unpacked; raises `ReadError("over_limit")`."""
        self.unpacked -= size
        if size > MOST_BYTES:
            raise ReadError("over_limit", f"unpacks to more than {MOST_BYTES} bytes")
        if self.unpacked < 0:
            raise ReadError(
                "over_limit", f"all files unpack to more than {MOST_BYTES_IN_ALL} bytes"
            )


def safe_name(name: str) -> str:
    """Return a member's name without anything that leads out of a folder.

    It is empty for folders and for the residue of operating systems.
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    clean = "".join(sign for sign in "/".join(parts) if sign.isprintable())
    last = posixpath.basename(clean)
    residue = clean.startswith(_RESIDUE) or last in _RESIDUE_NAMES or last.startswith(_LOCK_FILE)
    return "" if residue or name.endswith(("/", "\\")) else clean
