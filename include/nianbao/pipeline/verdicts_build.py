"""Verdicts on their way through a refresh: from the store into the build, and back."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from nianbao.errors import VerdictError
from nianbao.settings import Settings
from nianbao.verdicts.building import (
    copy_events,
    decisions_hash,
    follow_checks,
    published_events,
)
from nianbao.verdicts.model import Event
from nianbao.verdicts.store import Store
from nianbao.warehouse.versions import WAREHOUSE_FILE

__all__ = ["copy_events", "follow_build", "inputs_with", "keep_decided", "stored_events"]

logger = logging.getLogger(__name__)


def stored_events(settings: Settings) -> list[Event]:
    """Return all events, for a build.

    What the published warehouse holds and the store does not is added first: decisions of a build whose
    publication was killed, or all of them where the store was lost. Raises `VerdictError` where the
    store cannot be used: a build without it would take back what people decided.
    """
    published = published_events(settings.warehouse_root / WAREHOUSE_FILE)
    with Store(settings.verdicts_location) as store:
        with store.reading() as found:
            events = list(found.events())
        known = {(event.item_key, event.step) for event in events}
        if all((event.item_key, event.step) in known for event in published):
            return events
        with store.writing() as found:
            added = found.add_missing(published)
            logger.info("verdicts: %d were in the published warehouse only, and are kept", added)
            return list(found.events())


def inputs_with(inputs: str, events: Sequence[Event]) -> str:
    """Return the hash of a build's inputs, the decisions of people among them."""
    if all(event.automatic for event in events):
        return inputs
    return hashlib.sha256(f"{inputs} {decisions_hash(events)}".encode()).hexdigest()


def follow_build(file: Path) -> int:
    """Decide what follows from a build's checks; return how many items it changed."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return len(follow_checks(file, now))


def keep_decided(settings: Settings) -> int:
    """Keep what the published build decided in the store, and return how much that was.

    Where the store cannot be written, the next build does it: the published file has it all.
    """
    published = published_events(settings.warehouse_root / WAREHOUSE_FILE)
    automatic = [event for event in published if event.automatic]
    if not automatic:
        return 0
    try:
        with Store(settings.verdicts_location) as store, store.writing() as found:
            return found.add_missing(automatic)
    except VerdictError as error:
        logger.warning("decisions of this build are kept with the next one: %s", error)
        return 0
