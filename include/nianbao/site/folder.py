"""The folder of a site: written beside its place and moved there whole, with one name after it."""

import shutil
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import ConfigurationError

MARK = ".nianbao-site"
"""File by which a folder is known as a site of ours, which the next one may replace."""
ASSETS = Path(__file__).parent / "assets"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""One time for all members, so that the same version gives the same archive."""


@dataclass(frozen=True)
class SiteFolder:
    """A site that is being written."""

    root: Path
    scratch: Path

    def write(self, address: str, text: str) -> None:
        """Write one file; line ends are the same on every system."""
        self.write_bytes(address, text.encode())

    def write_bytes(self, address: str, data: bytes) -> None:
        """Write one file as it is."""
        path = self.root / address
        try:
            path.write_bytes(data)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def copy_assets(self, folder: Path = ASSETS, only: Collection[str] | None = None) -> None:
        """Put styles, scripts and their licences into the site: all of a folder, or some by name."""
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.suffix in (".css", ".js", ".txt") and (only is None or name in only):
                self.write(f"assets/{name}", path.read_text("utf-8"))


@contextmanager
def replacing(out: Path) -> Iterator[SiteFolder]:
    """Give a folder to write to, which takes the place of `out` when all went well.

    Raises `ConfigurationError` where `out` holds something that is no site of ours.
    """
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigurationError(f"{out} holds other things; name a folder of its own for the site")
    out.parent.mkdir(parents=True, exist_ok=True)
    new, old, scratch = (out.with_name(f".{out.name}.{part}") for part in ("new", "old", "scratch"))
    if old.exists() and not out.exists():
        old.rename(out)  # killed between the two renames
    for left in (new, old, scratch):
        shutil.rmtree(left, ignore_errors=True)
    new.mkdir()
    try:
        yield SiteFolder(new, scratch)
        (new / MARK).write_bytes(b"")
        if out.exists():
            out.rename(old)
        new.rename(out)
    finally:
        for left in (new, old, scratch):
            shutil.rmtree(left, ignore_errors=True)


def packed(folder: Path, name: str = "") -> Path:
    """Write a folder into a zip beside it, whole or not at all, and return its path.

    `name` is what the folder is called inside, its own name if none is given.
    """
    target = folder.with_name(f"{folder.name}.zip")
    temporary = target.with_name(f".{target.name}.new")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                inside = f"{name or folder.name}/{path.relative_to(folder).as_posix()}"
                member = zipfile.ZipInfo(inside, _EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = 0o644 << 16
                archive.writestr(member, path.read_bytes())
    temporary.replace(target)
    return target
