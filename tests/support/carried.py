"""An archive with known content, packed and unpacked, and compared file by file."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nianbao.archive import Archive, LogWriter
from nianbao.archive.asked import write_asked
from nianbao.archive.log import write_part
from nianbao.model import Fetch
from nianbao.settings import Settings

START = datetime(2026, 1, 20, tzinfo=UTC)
OURS = ("bytes", "log", "asked", "listed")


def fetch(sha256: str | None, number: int = 1, minute: int = 0) -> Fetch:
    """Return a line of the log."""
    url = f"http://p/{number}"
    when = START + timedelta(minutes=minute)
    return Fetch("p/site", url, "report", "fetched", when, 5, sha256=sha256)


class Zone:
    """One installation on its side of the gap."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder, portals_dir=folder / "portals")
        self.root = self.settings.archive_root
        self.runs = 0

    def harvest(self, *documents: bytes, run: str = "", finished: bool = True) -> list[str]:
        """Archive documents in one run, as a harvest does that came to its end, or was killed."""
        self.runs += 1
        run = run or f"run-{self.runs}"
        hashes = [Archive(self.root).put(document) for document in documents]
        lines = [fetch(sha256, number) for number, sha256 in enumerate(hashes)]
        if not finished:
            writer = LogWriter(self.root, run, "part")
            for line in lines:
                writer.add(line)
            return hashes
        write_part(self.root, run, f"part-{self.runs}", lines)
        write_asked(self.root, run, "part", {"p/site": (2021,)})
        return hashes

    def files(self) -> dict[str, bytes]:
        """Return all that an archive is made of, by path."""
        root = Path(self.root)
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for folder in OURS
            for path in sorted((root / folder).rglob("*"))
            if path.is_file() and not path.name.startswith(".partial-")
        }


def rewritten(pack: Path, change: Callable[[dict[str, bytes]], Mapping[str, bytes]]) -> Path:
    """Write a pack again with other entries, as somebody would who opens it and puts things in."""
    with zipfile.ZipFile(pack) as archive:
        entries = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in change(entries).items():
            archive.writestr(name, data)
    return pack
