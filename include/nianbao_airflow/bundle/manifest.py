"""The list of a bundle's files, and what is wrong with a bundle. Python alone: nothing is installed yet."""

import hashlib
import json
from pathlib import Path
from typing import Any

MANIFEST = "bundle.json"
FORMAT = "nianbao-bundle/1"


def write_manifest(folder: Path, about: dict[str, Any]) -> Path:
    """Name every file of a bundle with its size and SHA-256; `about` says what the bundle is for."""
    files = {
        path: {"size": (folder / path).stat().st_size, "sha256": file_hash(folder / path)}
        for path in sorted(files_below(folder) - {MANIFEST})
    }
    target = folder / MANIFEST
    text = json.dumps({"format": FORMAT, **about, "files": files}, ensure_ascii=False, indent=1)
    target.write_text(text + "\n", "utf-8")
    return target


def problem(folder: Path, target: str, lock: Path) -> str | None:
    """Return the first thing that is wrong with a bundle for a target such as `cp311-x86_64`.

    Also where it was made for another lock than the one beside the Makefile.
    """
    about = _read(folder)
    if isinstance(about, str):
        return about
    if target not in about["targets"]:
        ready = ", ".join(about["targets"])
        return f"this machine needs {target}, and the bundle is for {ready}: make bundle ARGS=…"
    if about["lock"] != file_hash(lock):
        return f"the bundle was made for another {lock.name} (Nianbao {about['version']})"
    return _first_difference(folder, about["files"])


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def files_below(folder: Path) -> set[str]:
    """Return the paths of all files below a folder."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() or path.is_symlink()
    }


def _read(folder: Path) -> dict[str, Any] | str:
    path = folder / MANIFEST
    try:
        about = json.loads(path.read_text("utf-8"))
        if about["format"] != FORMAT:
            return f"{path} is of another version: {about['format']}"
        if not all(isinstance(about[name], kind) for name, kind in _SHAPE.items()):
            return f"{path} is damaged"
    except FileNotFoundError:
        return f"no bundle: {path} is not there"
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{path} is damaged: {error}"
    return dict(about)


_SHAPE = {"targets": list, "lock": str, "version": str, "files": dict}


def _first_difference(folder: Path, files: dict[str, dict[str, Any]]) -> str | None:
    there = files_below(folder) - {MANIFEST}
    if missing := sorted(files.keys() - there):
        return f"missing in the bundle: {missing[0]}"
    if foreign := sorted(there - files.keys()):
        return f"not of the bundle: {foreign[0]}"
    for path, told in files.items():
        file = folder / path
        if (
            file.is_symlink()
            or file.stat().st_size != told["size"]
            or file_hash(file) != told["sha256"]
        ):
            return f"changed in the bundle: {path}"
    return None
