"""The folder of a site: written beside its place and moved there whole, with one name after it."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nianbao.errors import ConfigurationError

MARK = ".nianbao-site"
"""File by which a folder is known as a site of ours, which the next one may replace."""
_ASSETS = Path(__file__).parent / "assets"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""One time for all members, so that the same version gives the same archive."""


@dataclass(frozen=True)
class SiteFolder:
    """A site that is being written."""

    root: Path
    scratch: Path

    def write(self, address: str, text: str) -> None:
        """Write one file; line ends are the same on every system."""
        path = self.root / address
        try:
            path.write_bytes(text.encode())
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def copy_assets(self) -> None:
        """Put the styles, the scripts and their licences into the site."""
        for path in sorted(_ASSETS.rglob("*")):
            if path.suffix in (".css", ".js", ".txt"):
                self.write(
                    f"assets/{path.relative_to(_ASSETS).as_posix()}", path.read_text("utf-8")
                )


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


def packed(folder: Path) -> Path:
    """Write a folder into a zip beside it, whole or not at all, and return its path."""
    target = folder.with_name(f"{folder.name}.zip")
    temporary = target.with_name(f".{target.name}.new")
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                member = zipfile.ZipInfo(name, _EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                member.external_attr = 0o644 << 16
                archive.writestr(member, path.read_bytes())
    temporary.replace(target)
    return target
