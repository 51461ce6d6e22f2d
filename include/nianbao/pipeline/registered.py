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


def _published(settings: Settings) -> tuple[Portal, ...]:
    path = settings.warehouse_root / "current" / _FILE
    if not path.exists():
        return ()
    try:
        return _RECORDS.validate_json(path.read_bytes())
    except ValidationError as error:
        raise ConfigurationError(f"{path} is damaged: {error.error_count()} errors") from error
