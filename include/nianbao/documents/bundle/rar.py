"""The files of a `.rar` archive: listed by rarfile, unpacked by a program of the system.

The format is not free: only programs made by others can unpack it. They see one temporary file that
holds the archive, write to a pipe, and are stopped at limits of time, size and memory.
"""

import io
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import rarfile  # type: ignore[import-untyped]

from nianbao.documents.bundle.budget import MOST_BYTES, Budget, safe_name
from nianbao.errors import ReadError

_PROGRAMS = {
    "bsdtar": ("-x", "-O", "-f", "{archive}", "{pattern}"),
    "unar": ("-quiet", "-output-directory", "-", "{archive}", "{name}"),
}
"""Free programs that write one member to standard output, with their arguments."""

_SECONDS = 60
_MEMORY_BYTES = 1_000_000_000
_MISSING = "no program that unpacks rar is installed (Debian: libarchive-tools, or unar)"


def rar_members(data: bytes, budget: Budget) -> Iterator[tuple[str, bytes | ReadError]]:
    """Yield safe name and bytes of the files, or errors in their places, as `bundle.members` does.

    Raises `ReadError` where the directory can't be read, or is itself under a password.
    """
    try:
        archive = rarfile.RarFile(io.BytesIO(data))
        infos = [info for info in archive.infolist() if info.is_file()]
    except Exception as error:
        # On damaged files the library raises whatever its parsing runs into.
        raise ReadError("damaged", f"the archive cannot be opened: {error}") from error
    if not infos and archive.needs_password():
        raise ReadError("encrypted", "the archive is protected by a password")
    with archive, tempfile.TemporaryDirectory(prefix="nianbao-rar-") as folder:
        path = Path(folder) / "archive.rar"
        path.write_bytes(data)
        for info in infos:
            name = safe_name(info.filename)
            if name:
                yield name, _member(archive, info, path, budget)
            if budget.is_spent:
                return


def _member(
    archive: rarfile.RarFile, info: rarfile.RarInfo, path: Path, budget: Budget
) -> bytes | ReadError:
    try:
        budget.declared(info.file_size, info.compress_size)
        if info.needs_password():
            return ReadError("encrypted", "protected by a password")
        content = _content(archive, info, path)
        budget.taken(len(content))
    except ReadError as error:
        return error
    return content


def _content(archive: rarfile.RarFile, info: rarfile.RarInfo, path: Path) -> bytes:
    """Return the bytes of one member; what is stored as it is needs no program."""
    if info.compress_type == rarfile.RAR_M0 and not info.file_redir:
        try:
            with archive.open(info) as member:
                return bytes(member.read(MOST_BYTES + 1))
        except Exception as error:
            raise ReadError("damaged", f"cannot be unpacked: {error}") from error
    content = _unpacked(info.filename, path)
    if len(content) != info.file_size:
        raise ReadError("damaged", "could not be unpacked whole")
    return content


def _unpacked(name: str, path: Path) -> bytes:
    """Unpack one member with the first program that is there."""
    program, place = require_unpacker()
    words = {"archive": str(path), "name": name, "pattern": _as_pattern(name)}
    return _run([place, *(word.format(**words) for word in _PROGRAMS[program])], path.parent)


def require_unpacker() -> tuple[str, str]:
    """Return name and path of the first program that is there.

    Raises `ReadError("converter_missing")` naming what to install.
    """
    for program in _PROGRAMS:
        if place := shutil.which(program):
            return program, place
    raise ReadError("converter_missing", _MISSING)


def _as_pattern(name: str) -> str:
    """Return a name whose signs for patterns stand for themselves."""
    return "".join(f"\\{sign}" if sign in "\\*?[]" else sign for sign in name)


def _run(command: Sequence[str], folder: Path) -> bytes:
    """Return what a program writes, up to the limit; a file takes it, so that memory doesn't grow."""
    with (folder / "member").open("w+b") as out:
        try:
            subprocess.run(  # noqa: S603 — our own arguments, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                timeout=_SECONDS,
                preexec_fn=partial(_limit, MOST_BYTES + 1),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ReadError("over_limit", f"unpacking took more than {_SECONDS} s") from error
        out.seek(0)
        return out.read(MOST_BYTES + 1)


def _limit(file_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
