"""One run of LibreOffice as a locked-up process: files in, converted files out, nothing else.

Each run has its own folder and profile, so that any number of them go side by side.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from nianbao.documents.office.patience import BUSY, Patience, computed_by
from nianbao.documents.office.profile import environment, sockets_of, write_profile
from nianbao.errors import ReadError

_NAMES = ("soffice", "libreoffice")
_WATCH = 0.05
"""Seconds between two looks at a running converter."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use up; the seconds are those that it computes."""

    seconds_to_start: float = 30.0
    seconds_per_file: float = 30.0
    memory_bytes: int = 2_000_000_000
    """Address space, not memory in use: LibreOffice maps over a gigabyte before it reads anything."""
    file_bytes: int = 200_000_000
    folder_bytes: int = 500_000_000

    def seconds(self, files: int) -> float:
        """Return the time for a run over some files."""
        return self.seconds_to_start + self.seconds_per_file * files


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run: the converted files by the number of their input, and how it ended."""

    converted: dict[int, bytes]
    trouble: str = ""
    """Empty where the converter went through all files; those without a result are unreadable then."""


@cache
def find_converter() -> str:
    """Return the path of LibreOffice, looked for once.

    Raises `ReadError("converter_missing")` naming what to install.
    """
    for name in _NAMES:
        path = shutil.which(name)
        if path:
            return path
    message = "LibreOffice is not installed (Debian: libreoffice-writer-nogui)"
    raise ReadError("converter_missing", message)


def run_converter(files: Sequence[bytes], suffix: str, import_filter: str, limits: Limits) -> Run:
    """Convert some files of one format to docx in one start of the converter."""
    program = find_converter()
    with tempfile.TemporaryDirectory(prefix="nianbao-office-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        write_profile(folder / "profile")
        sources = _write_sources(folder, files, suffix)
        command = [program, *_arguments(folder, import_filter), *map(str, sources)]
        trouble = _run(command, folder, limits, limits.seconds(len(files)))
        return Run(_results(folder / "out", len(files), limits.file_bytes), trouble)


def _write_sources(folder: Path, files: Sequence[bytes], suffix: str) -> list[Path]:
    (folder / "in").mkdir()
    (folder / "out").mkdir()
    paths = [folder / "in" / f"{number}.{suffix}" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    return paths


def _arguments(folder: Path, import_filter: str) -> list[str]:
    return [
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--nofirststartwizard",
        # The filter is fixed: a damaged file would else be taken for a text, and its debris read.
        f"--infilter={import_filter}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
    ]


def _run(command: list[str], folder: Path, limits: Limits, seconds: float) -> str:
    """Run to the end or to a limit, and leave no process behind; return what went wrong."""
    process = subprocess.Popen(  # noqa: S603 - our own command; the file's bytes are no part of it
        [*_fence(limits, seconds), *command],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return _watch(process, folder, limits, seconds)
    finally:
        _kill_group(process)
        for socket in sockets_of(folder / "profile"):
            socket.unlink(missing_ok=True)


def _watch(process: subprocess.Popen[bytes], folder: Path, limits: Limits, seconds: float) -> str:
    """Wait for the end; stop a run that writes too much, or no further file in the time for one."""
    patience = Patience(min(limits.seconds(1), seconds), partial(computed_by, process.pid))
    done = 0
    while process.poll() is None:
        if (now := sum(1 for _ in (folder / "out").iterdir())) > done:
            done = now
            patience.moved()
        if patience.is_over():
            return f"the converter was stopped after {patience.seconds:.1f} seconds at one file"
        if _size(folder) > limits.folder_bytes:
            return f"the converter wrote more than {limits.folder_bytes} bytes"
        time.sleep(_WATCH)
    ended = f"the converter broke down or ran out of memory ({process.returncode})"
    return "" if process.returncode == 0 else ended


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _fence(limits: Limits, seconds: float) -> list[str]:
    """Return the commands that put the converter under limits before it starts.

    The shell sets them, since code between fork and exec is not safe in a program with threads.
    `timeout` outlives us: should this process be killed, the converter still ends.
    """
    blocks = limits.file_bytes // 512
    script = (
        f"ulimit -v {limits.memory_bytes // 1024}; ulimit -f {blocks}; ulimit -c 0; "
        f'ulimit -t {int(seconds) + 1}; exec "$@"'
    )
    late = ["timeout", "--signal=KILL", f"{BUSY * seconds + 5:.0f}"]
    late = late if shutil.which("timeout") else []
    return ["/bin/sh", "-c", script, "sh", *_without_network(), *late]


@cache
def _without_network() -> tuple[str, ...]:
    """Return the command that takes the network away, where this machine lets us; tried once."""
    for command in (("unshare", "--net"), ("unshare", "--map-root-user", "--net")):
        if shutil.which("unshare") and _works([*command, "true"]):
            return (*command, "--")
    return ()


def _works(command: list[str]) -> bool:
    done = subprocess.run(  # noqa: S603 - a fixed command
        command, capture_output=True, timeout=10, check=False
    )
    return done.returncode == 0


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).lstat().st_size
            except OSError:
                continue  # gone since it was listed
    return total


def _results(folder: Path, files: int, most: int) -> dict[int, bytes]:
    """Return the files that were written to their end, where a zip has its directory."""
    paths = {number: folder / f"{number}.docx" for number in range(files)}
    return {
        number: path.read_bytes()
        for number, path in paths.items()
        if path.is_file() and path.stat().st_size <= most and zipfile.is_zipfile(path)
    }
