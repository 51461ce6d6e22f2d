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
from nianbao.verdicts.merge import missing_of
from nianbao.verdicts.model import Event
from nianbao.verdicts.store import Store
from nianbao.warehouse.versions import WAREHOUSE_FILE

__all__ = ["copy_events", "follow_build", "inputs_with", "keep_decided", "refill", "stored_events"]

logger = logging.getLogger(__name__)


def stored_events(settings: Settings) -> list[Event]:
    """Return all events, for a build.

    What only the published warehouse holds is added first (see `refill`). Raises `VerdictError` where
    the store cannot be used: a build without it would take back what people decided.
    """
    with Store(settings.verdicts_location) as store:
        refill(settings, store)
        with store.reading() as found:
            return list(found.events())


def refill(settings: Settings, store: Store) -> None:
    """Add what the published warehouse holds and the store does not, before anything else is added.

    That is what a build decided whose publication was killed, or everything where the store was lost: a
    new verdict would be the first step of its item then, and the older published ones would win. Where
    people decided otherwise while a build ran, what they said stands.
    """
    published = published_events(settings.warehouse_root / WAREHOUSE_FILE)
    with store.reading() as found:
        missing = missing_of(found.events({event.item_key for event in published}), published)
    if missing.events:
        with store.writing() as found:
            added = len(found.add_missing(published).events)
        logger.info("verdicts: %d were in the published warehouse only, and are kept", added)
    if missing.conflicts:
        logger.warning(
            "verdicts: the store and the published warehouse differ on %d items, the store stands: %s",
            len(missing.conflicts),
            ", ".join(missing.conflicts[:5]),
        )


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
    if not any(event.automatic for event in published):
        return 0
    try:
        with Store(settings.verdicts_location) as store, store.writing() as found:
            return len(found.add_missing(published).events)
    except VerdictError as error:
        logger.warning("decisions of this build are kept with the next one: %s", error)
        return 0
