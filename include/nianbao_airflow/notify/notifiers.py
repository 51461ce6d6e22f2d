"""Airflow notifiers: one for failures, one for what a run did.

Neither raises: an alert that can't be sent must not fail the task that sends it.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import BaseNotifier
from airflow.sdk.configuration import conf
from airflow.sdk.definitions.context import Context

from nianbao_airflow.notify import memory
from nianbao_airflow.notify.kinds import advice_for, kind, kind_of
from nianbao_airflow.notify.links import report_links, run_links
from nianbao_airflow.notify.render import fingerprint, is_due, message_of, whole
from nianbao_airflow.notify.send import addresses_of, send
from nianbao_airflow.notify.settings import NotifySettings

log = logging.getLogger(__name__)


class FailureNotifier(BaseNotifier):
    """Tells that a task failed for good, or a run did; for `on_failure_callback`."""

    def notify(self, context: Context) -> None:
        """Tell about the failure that a context describes."""
        try:
            error = context.get("exception")
            fault = type(error) if isinstance(error, BaseException) else None
            _tell(kind_of(fault), _failure(context, error, advice_for(fault)), context)
        except Exception as error:  # noqa: BLE001 - see the module
            log.warning("no alert about the failure: %s", type(error).__name__)

    async def async_notify(self, context: Context) -> None:
        """Tell the same from the triggerer, as for deadlines of Airflow's own."""
        self.notify(context)


class DigestNotifier(BaseNotifier):
    """Tells what a run did, in one message."""

    def __init__(self, kind: str, summary: Mapping[str, Any]) -> None:
        super().__init__()
        self.kind = kind
        self.summary = summary

    def notify(self, context: Context) -> None:
        """Tell, if there is anything to tell."""
        try:
            _tell(self.kind, whole(self.summary), context)
        except Exception as error:  # noqa: BLE001 - see the module
            log.warning("no digest %s: %s: %s", self.kind, type(error).__name__, error)

    async def async_notify(self, context: Context) -> None:
        """Tell the same from the triggerer."""
        self.notify(context)


def _tell(name: str, summary: Mapping[str, Any], context: Any) -> None:
    one, settings, now = kind(name), NotifySettings(), datetime.now(UTC)
    if not is_due(one, summary):
        log.info("digest %s: nothing to tell", name)
        return
    addresses = addresses_of(one.to, settings)
    if not addresses:
        log.info("alert %s: nobody is named in NIANBAO_NOTIFY_%s", name, "/".join(one.to).upper())
        return
    hours = one.repeat_hours if settings.repeat_hours is None else settings.repeat_hours
    key = fingerprint(name, summary)
    decision = _decided(key, now, hours)
    if not decision.tell:
        log.info("alert %s: the same was sent less than %g hours ago", name, hours)
        return
    base_url = conf.get("api", "base_url", fallback="") or ""
    links = run_links(base_url, context)
    if "reports" in one.links:
        links = [*report_links(base_url), *links]
    message = message_of(name, summary, tuple(links), now, decision.suppressed, hours)
    if not send(message, addresses, settings):
        _forget(key)


def _decided(key: str, now: datetime, hours: float) -> memory.Decision:
    try:
        return memory.remember(memory.read_variable, memory.write_variable, key, now, hours)
    except Exception as error:  # noqa: BLE001 - without a memory, tell: rather twice than never
        log.warning("alerts: no memory of earlier ones: %s", type(error).__name__)
        return memory.Decision(tell=True, suppressed=0, told={})


def _forget(key: str) -> None:
    """Let the next alert of this kind be tried again, since nobody got this one."""
    try:
        memory.forget(memory.read_variable, memory.write_variable, key)
    except Exception as error:  # noqa: BLE001 - see the module
        log.warning("alerts: not forgotten: %s", type(error).__name__)


def _failure(context: Any, error: Any, advice: str) -> dict[str, Any]:
    """Return the facts of a failure; the error may be an exception, a text or nothing."""
    task, dag = context.get("task_instance") or context.get("ti"), context.get("dag")
    name = type(error).__name__ if isinstance(error, BaseException) else ""
    return {
        "dag_id": getattr(dag, "dag_id", None) or getattr(task, "dag_id", None),
        # Airflow's callback of a whole run names its last task, which need not be the one at fault.
        "task_id": None if "reason" in context else getattr(task, "task_id", None),
        "run_id": context.get("run_id"),
        "label": getattr(task, "rendered_map_index", None),
        "tries": getattr(task, "try_number", None),
        "error": name,
        "message": str(error) if error is not None else "",
        "reason": context.get("reason"),
        "advice": advice,
    }
