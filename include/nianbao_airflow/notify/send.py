"""A message to all who should have it, at the same time, so that a dead service holds up no other."""

import logging
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from nianbao.errors import ConfigurationError
from nianbao_airflow.metrics.emit import emit
from nianbao_airflow.notify.addresses import CONNECTION, Address, parse
from nianbao_airflow.notify.message import Message
from nianbao_airflow.notify.post import NotSentError, deliver
from nianbao_airflow.notify.robots import post_of
from nianbao_airflow.notify.settings import NotifySettings

log = logging.getLogger(__name__)


def addresses_of(audiences: Iterable[str], settings: NotifySettings) -> list[Address]:
    """Return where the audiences read, each place once; one that is written wrongly is logged."""
    written = [line for audience in audiences for line in settings.addresses(audience)]
    found: list[Address] = []
    for number, line in enumerate(dict.fromkeys(written), 1):
        try:
            found.append(parse(_looked_up(line)))
        except ConfigurationError as error:
            log.warning("alerts: address %d is left out: %s", number, error)
    return list(dict.fromkeys(found))


def send(message: Message, addresses: list[Address], settings: NotifySettings) -> int:
    """Return how many places took the message; the others are a warning in the log."""
    for address in addresses:
        _hide(address)
    with ThreadPoolExecutor(max_workers=max(1, len(addresses))) as pool:
        failures = list(pool.map(lambda one: _sent(message, one, settings), addresses))
    for address, failure in zip(addresses, failures, strict=True):
        if failure:
            log.warning("alert %s not sent to %s: %s", message.kind, address, failure)
        else:
            log.info("alert %s sent to %s", message.kind, address)
    sent = failures.count("")
    emit("alert", {"sent": sent, "not_sent": len(failures) - sent})
    return sent


def _sent(message: Message, address: Address, settings: NotifySettings) -> str:
    """Return why a message was not taken, or nothing."""
    try:
        if address.service == "mailto":
            # Airflow's provider takes a second to import, which most tasks need not pay.
            from nianbao_airflow.notify.mail import send_mail

            send_mail(message, address.people, settings.smtp_connection)
        else:
            deliver(post_of(address, message, time.time()), settings.timeout)
    except NotSentError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - mail servers raise what they like
        # The text of others' errors may carry the account or the URL.
        return type(error).__name__
    return ""


def _looked_up(line: str) -> str:
    """Return the address itself where a line names the Airflow Connection that holds it."""
    scheme, _, name = line.partition(":")
    if scheme != CONNECTION:
        return line
    from airflow.sdk import BaseHook

    try:
        return str(BaseHook.get_connection(name).password or "")
    except Exception:  # noqa: BLE001 - each secrets backend has errors of its own
        raise ConfigurationError(f"there is no Airflow Connection {name}") from None


def _hide(address: Address) -> None:
    """Let Airflow take an address's secrets out of everything that it logs."""
    from airflow.sdk.log import mask_secret

    for secret in address.secrets:
        with suppress(Exception):  # outside a task there may be nobody to tell
            mask_secret(secret)
