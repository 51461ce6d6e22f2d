"""E-mail, through Airflow's own notifier and the Connection that it reads."""

from functools import cached_property
from html import escape
from typing import Final, cast

from airflow.providers.smtp.hooks.smtp import SmtpHook
from airflow.providers.smtp.notifications.smtp import SmtpNotifier
from airflow.sdk.definitions.context import Context

from nianbao_airflow.notify.message import Message

TIMEOUT: Final = 10
TRIES: Final = 3


class _Hook(SmtpHook):
    """The hook, less patient by default: a dead mail server must not hold a task for minutes."""

    @property
    def timeout(self) -> int:
        return int(self.conn.extra_dejson.get("timeout", TIMEOUT))

    @property
    def smtp_retry_limit(self) -> int:
        return int(self.conn.extra_dejson.get("retry_limit", TRIES - 1))


class _Mail(SmtpNotifier):
    @cached_property
    def hook(self) -> SmtpHook:
        return _Hook(smtp_conn_id=self.smtp_conn_id, auth_type=self.auth_type)


def send_mail(message: Message, people: tuple[str, ...], connection: str) -> None:
    """Send one mail to all; what goes wrong is Airflow's or the mail server's own error.

    `notify` and not the call: the call would take our text, in which others' words stand, for a
    template and run it.
    """
    mail = _Mail(
        to=list(people),
        subject=message.title,
        html_content=page(message),
        smtp_conn_id=connection,
    )
    mail.notify(cast("Context", {}))


def page(message: Message) -> str:
    """Return a message as HTML that needs nothing from elsewhere."""
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in message.lines)
    links = "".join(
        f'<p><a href="{escape(url)}">{escape(text)}</a></p>\n' for text, url in message.links
    )
    return f"<h3>{escape(message.title)}</h3>\n{lines}{links}<p>{escape(message.at)}</p>\n"
