"""Debian packages with all that they depend on, as a repository that apt reads from a folder."""

import getpass
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from nianbao_airflow.bundle.manifest import file_hash
from nianbao_airflow.local.errors import RunnerError

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
_INSTALL = re.compile(r"apt-get install((?:[^\n\\&|;>]|\\\n)*)")


def packages_named(text: str) -> set[str]:
    """Return the packages that the `apt-get install` lines of a script or a Dockerfile name."""
    words = {
        word
        for found in _INSTALL.findall(text)
        for word in found.replace("\\\n", " ").split()
        if not word.startswith(("-", "$"))
    }
    return {word for word in words if re.fullmatch(r"[a-z0-9][a-z0-9+.\-]+", word)}


def collect(folder: Path, machine: str, packages: Sequence[str]) -> Path:
    """Download packages with their whole closure, for the release that this machine runs.

    What an installed system has already is among them, since the other one may lack it. Raises
    `RunnerError` where there is no apt, or a package is not to be had.
    """
    target = folder / "debian" / ARCHITECTURES[machine]
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nianbao-apt-") as name:
        options = _options(Path(name), ARCHITECTURES[machine])
        _run("apt-get", *options, "update")
        _run("apt-get", *options, "install", "--yes", "--download-only", *sorted(packages))
        for deb in sorted((Path(name) / "cache" / "archives").glob("*.deb")):
            # A colon of a version is %3a in apt's names, which dpkg reads, and Windows as well.
            (target / deb.name).write_bytes(deb.read_bytes())
    index = "\n".join(_stanza(deb) for deb in sorted(target.glob("*.deb")))
    (target / "Packages").write_text(index, "utf-8")
    return target


def _options(state: Path, architecture: str) -> list[str]:
    """Return options that let apt work as for an empty system, in folders of its own."""
    for part in ("lists/partial", "cache/archives/partial"):
        (state / part).mkdir(parents=True)
    (state / "status").touch()
    settings = {
        "Dir::State": state,
        "Dir::State::status": state / "status",
        "Dir::Cache": state / "cache",
        "APT::Architecture": architecture,
        "APT::Architectures": architecture,
        "APT::Sandbox::User": getpass.getuser(),
        "APT::Install-Recommends": "false",
        "Debug::NoLocking": "true",
    }
    return ["-qq", *(f"-o{name}={value}" for name, value in settings.items())]


def _stanza(deb: Path) -> str:
    control = _run("dpkg-deb", "--field", str(deb)).rstrip()
    size = deb.stat().st_size
    return f"{control}\nFilename: ./{deb.name}\nSize: {size}\nSHA256: {file_hash(deb)}\n"


def _run(*command: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - our own commands
            command,
            capture_output=True,
            text=True,
            check=True,
            env={"LC_ALL": "C.UTF-8", "PATH": _PATH},
        )
    except FileNotFoundError as error:
        raise RunnerError(f"{command[0]} is not on this machine: no Debian packages") from error
    except subprocess.CalledProcessError as error:
        said = [line for line in error.stderr.splitlines() if line.startswith("E:")]
        raise RunnerError(f"{command[0]}: {(said or [error.stderr.strip()])[0]}") from error
    return done.stdout


_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
