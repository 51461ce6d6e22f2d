"""The portal records: YAML files, one per portal, checked as they are loaded."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError

from nianbao.errors import ConfigurationError
from nianbao.model import Portal
from nianbao.portals.families import family_named
from nianbao.portals.strict_yaml import load_strictly


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

    Raises `ConfigurationError` with the file and the reason.
    """
    try:
        record = load_strictly(path.read_text("utf-8"))
        portal = Portal.model_validate(_with_id(record, _id_of(path, folder)))
        _check(portal)
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {_reasons(error)}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ConfigurationError) as error:
        raise ConfigurationError(f"{path}: {_one_line(error)}") from error
    return portal


def portal_schema() -> dict[str, Any]:
    """Return the JSON Schema of a portal's YAML file, for editors."""
    schema = Portal.model_json_schema()
    # The id is the file's place.
    del schema["properties"]["id"]
    schema["required"].remove("id")
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


def _with_id(record: object, portal_id: str) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise ConfigurationError("a portal record is a mapping of names to values")
    if "id" in record:
        raise ConfigurationError("id: given by the file's place, not written in it")
    return {**record, "id": portal_id}


def _check(portal: Portal) -> None:
    """Refuse what the model alone can't see: it knows nothing of families."""
    ids = [agency.id for agency in portal.agencies]
    twice = sorted({agency_id for agency_id in ids if ids.count(agency_id) > 1})
    if twice:
        raise ConfigurationError(f"agencies: declared twice: {', '.join(twice)}")
    for url in portal.start_urls:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"} and not {parts.hostname, parts.netloc} & {
            *portal.hosts
        }:
            raise ConfigurationError(f"start_urls: {url} is on none of the hosts")
    family_named(portal.family).check(portal)


def _reasons(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in found)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
