"""The portals that a build knows: the registry, with broken records as they were last published."""

import logging
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from nianbao.errors import ConfigurationError
from nianbao.model import Portal
from nianbao.portals.registry import load_valid_portals
from nianbao.settings import Settings

logger = logging.getLogger(__name__)

_FILE = "portals.json"
_DRAFTS = ".draft_portals.json"
"""Beside the versions and not among them: nothing of a draft is published, nor where it lies."""
_RECORDS = TypeAdapter(tuple[Portal, ...])


def known_portals(settings: Settings) -> tuple[Portal, ...]:
    """Return the portals by id; a broken record is logged and stands as it was last published.

    The whole record is kept and not only its stage: without the agencies' names and aliases, its
    reports would go to other organisations and change their ids.
    """
    portals, problems = load_valid_portals(settings.portals_dir)
    last = {portal.id: portal for portal in _published(settings)} if problems else {}
    for portal_id, problem in problems.items():
        stands = "as last published" if portal_id in last else "left out"
        logger.error("broken portal record, %s: %s", stands, problem)
    kept = [last[portal_id] for portal_id in problems if portal_id in last]
    return tuple(sorted((*portals, *kept), key=lambda portal: portal.id))


def keep_portals(staging: Path, portals: Sequence[Portal]) -> None:
    """Write the records beside the file that is built from them, to be published with it."""
    (staging / _FILE).write_bytes(_RECORDS.dump_json(tuple(portals)))


def keep_drafts(root: Path, portals: Sequence[Portal]) -> None:
    """Write the records of draft portals where only the harvester's own user reads them."""
    drafts = tuple(portal for portal in portals if portal.stage == "draft")
    path, temporary = root / _DRAFTS, root / f"{_DRAFTS}.new"
    temporary.touch(mode=0o600)
    temporary.write_bytes(_RECORDS.dump_json(drafts))
    temporary.replace(path)


def _published(settings: Settings) -> tuple[Portal, ...]:
    root = settings.warehouse_root
    return (*_kept(root / "current" / _FILE), *_kept(root / _DRAFTS))


def _kept(path: Path) -> tuple[Portal, ...]:
    if not path.exists():
        return ()
    try:
        return _RECORDS.validate_json(path.read_bytes())
    except ValidationError as error:
        raise ConfigurationError(f"{path} is damaged: {error.error_count()} errors") from error
