"""The portal records: YAML files, one per portal, checked as they are loaded."""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from nianbao.errors import ConfigurationError
from nianbao.model import Agency, Portal
from nianbao.model.portal import Expected, Politeness
from nianbao.portals.agencies_file import read_agencies
from nianbao.portals.checks import Fault, faults_of
from nianbao.portals.families import FAMILIES
from nianbao.portals.strict_yaml import line_of, load_strictly


def load_portals(folder: Path) -> tuple[Portal, ...]:
    """Return every portal below a folder, ordered by id.

    Raises `ConfigurationError` with the file and the reason where one is invalid.
    """
    portals = [load_portal(path, folder) for path in _records(folder)]
    return tuple(sorted(portals, key=lambda portal: portal.id))


def load_valid_portals(folder: Path) -> tuple[tuple[Portal, ...], dict[str, str]]:
    """Return the portals whose records are valid, and a line for each id whose record is not.

    Raises `ConfigurationError` where there is no such folder.
    """
    portals, problems = [], {}
    for path in _records(folder):
        try:
            portals.append(load_portal(path, folder))
        except ConfigurationError as error:
            problems[_id_of(path, folder)] = str(error)
    return tuple(sorted(portals, key=lambda portal: portal.id)), problems


def find_portal(folder: Path, name: str) -> Portal:
    """Return a portal by its id, or from the YAML file that `name` is the path of.

    Raises `ConfigurationError` where there is neither, or the record is invalid.
    """
    if name.endswith((".yaml", ".yml")):
        return load_portal(Path(name), folder)
    path = folder / f"{name}.yaml"
    if not path.is_file():
        raise ConfigurationError(f"no portal {name!r}: there is no {path}")
    return load_portal(path, folder)


def load_portal(path: Path, folder: Path | None = None) -> Portal:
    """Return the portal of one file; its id is the path below `folder`, else the file's stem.

    Raises `ConfigurationError` with the file, the line where there is one, and every reason.
    """
    try:
        text = path.read_text("utf-8")
        record = load_strictly(text)
        source = _Source(path, text)
        portal = Portal.model_validate(_complete(record, _id_of(path, folder), source))
        faults = list(faults_of(portal))
    except ValidationError as error:
        faults = [_fault(item) for item in error.errors(include_url=False, include_input=False)]
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigurationError(f"{path}{line}: {_one_line(error)}") from error
    # A date such as 2026-13-45 is a plain `ValueError` to the YAML loader.
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: {_one_line(error)}") from error
    if faults:
        raise ConfigurationError("; ".join(source.told(*fault) for fault in faults))
    return portal


def portal_schema() -> dict[str, Any]:
    """Return the JSON Schema of a portal's YAML file, for editors."""
    schema = Portal.model_json_schema()
    # The id is the file's place.
    del schema["properties"]["id"]
    schema["required"].remove("id")
    schema["properties"]["family"]["enum"] = sorted(FAMILIES)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _records(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ConfigurationError(f"no folder of portal records: {folder}")
    return sorted(folder.rglob("*.yaml"))


def _id_of(path: Path, folder: Path | None) -> str:
    whole = path.resolve().with_suffix("")
    if folder is not None and whole.is_relative_to(folder.resolve()):
        return whole.relative_to(folder.resolve()).as_posix()
    return whole.name


@dataclass
class _Source:
    """Where the parts of a record stand: in its YAML file, or in the CSV file of its agencies."""

    path: Path
    text: str
    inline: int = 0
    """Agencies that stand in the YAML file itself; the rest come from the lines of `csv_lines`."""
    csv: Path | None = None
    csv_lines: tuple[int, ...] = ()

    def told(self, place: str, message: str) -> str:
        """Return a fault as one line that begins with the file and the line."""
        # A family's own check names the place in its message.
        steps = (place or message.partition(":")[0]).split(".")
        text = f"{place}: {message}" if place else message
        if self.csv and steps[0] == "agencies" and len(steps) > 1:
            number = int(steps[1]) - self.inline
            if number >= 0:
                return f"{self.csv}:{self.csv_lines[number]}: {'.'.join(steps[2:])}: {message}"
        line = line_of(self.text, steps)
        return f"{self.path}:{line}: {text}" if line else f"{self.path}: {text}"


def _complete(record: object, portal_id: str, source: _Source) -> dict[str, Any]:
    """Return a record with its id, and with the agencies of its CSV file behind its own."""
    if not isinstance(record, dict):
        raise ConfigurationError(f"{source.path}: a portal record is a mapping of names to values")
    if "id" in record:
        raise ConfigurationError(source.told("id", "given by the file's place, not written in it"))
    named, own = record.get("agencies_file"), record.get("agencies") or []
    # Any other name, such as one with a folder in it, is for the model to refuse.
    if isinstance(named, str) and isinstance(own, list) and PurePath(named).name == named:
        source.csv, source.inline = source.path.parent / named, len(own)
        rows = read_agencies(source.csv)
        source.csv_lines = tuple(line for line, _ in rows)
        record = {**record, "agencies": [*own, *(agency for _, agency in rows)]}
    return {**record, "id": portal_id}


def _fault(item: ErrorDetails) -> Fault:
    place, message = ".".join(map(str, item["loc"])), item["msg"]
    if item["type"] != "extra_forbidden":
        return place, message.removeprefix("Value error, ")
    known = [
        name for model in (Portal, Agency, Expected, Politeness) for name in model.model_fields
    ]
    near = get_close_matches(str(item["loc"][-1]), known, n=1)
    return place, f"there is no such setting{f'; {near[0]}?' if near else ''}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
