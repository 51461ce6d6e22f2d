"""The project itself, as the last commit has it."""

import subprocess
from pathlib import Path

from nianbao_airflow.local.errors import RunnerError


def committed(root: Path, path: str) -> bytes:
    """Return a file as the last commit has it."""
    return _git(root, "show", f"HEAD:{path}")


def write_project(root: Path, target: Path, name: str) -> Path:
    """Write the last commit as `….tar.gz`, all below one folder of the name."""
    _git(root, "archive", "--format=tar.gz", f"--prefix={name}/", f"--output={target}", "HEAD")
    return target


def commit_of(root: Path) -> str:
    """Return the id of the last commit."""
    return _git(root, "rev-parse", "HEAD").decode().strip()


def uncommitted(root: Path) -> bool:
    """Tell whether the tree differs from the last commit."""
    return bool(_git(root, "status", "--porcelain"))


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            ["git", "-C", str(root), *arguments],  # noqa: S607 - wherever it is installed
            capture_output=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise RunnerError(
            "a bundle is made from a git checkout, and there is no git here"
        ) from error
    except subprocess.CalledProcessError as error:
        raise RunnerError(f"git: {error.stderr.decode(errors='replace').strip()}") from error
    return done.stdout
