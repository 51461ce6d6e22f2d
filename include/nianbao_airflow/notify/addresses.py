"""Where a message goes: one line of text such as `dingtalk+https://…#SEC…`, taken apart.

What a service shows as the robot's address is pasted behind the service's name and a plus sign;
the secret for signatures follows a `#`, the part of a URL that is never sent.
"""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from nianbao.errors import ConfigurationError

ROBOTS: Final = ("wecom", "dingtalk", "feishu", "json")
CONNECTION: Final = "connection"


@dataclass(frozen=True, slots=True)
class Address:
    """One place that takes messages; its text never shows a secret."""

    service: str
    """One of `ROBOTS`, or `mailto`."""
    url: str = field(default="", repr=False)
    """Where to post; empty for mail."""
    secret: str = field(default="", repr=False)
    """Key of the signature; empty where the robot wants none."""
    people: tuple[str, ...] = ()
    """Who gets the mail."""

    def __str__(self) -> str:
        return f"{self.service} {', '.join(self.people) or urlsplit(self.url).hostname}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not appear in a log: the key, and what the URL carries in path and query."""
        parts = urlsplit(self.url)
        values = [value for _, value in parse_qsl(parts.query)]
        tail = parts.path.rsplit("/", 1)[-1]
        # A short word such as `send` is no secret; masked, it would eat every log line.
        return tuple(word for word in (self.secret, tail, *values) if len(word) >= 16)


def parse(text: str) -> Address:
    """Return the address that a line means; the error's text shows nothing of the line's secrets.

    Raises:
        ConfigurationError: for an unknown service, or a URL that is none.
    """
    scheme, _, rest = text.partition(":")
    if scheme == "mailto" and rest:
        return Address("mailto", people=tuple(who for who in unquote(rest).split(",") if who))
    service, plus, transport = scheme.partition("+")
    if service not in ROBOTS or not plus or transport not in {"https", "http"}:
        known = ", ".join(f"{name}+https://…" for name in ROBOTS)
        message = f"an address of NIANBAO_NOTIFY_… is none of mailto:…, connection:…, {known}"
        raise ConfigurationError(message)
    parts = urlsplit(f"{transport}:{rest}")
    if not parts.hostname:
        raise ConfigurationError(f"an address of NIANBAO_NOTIFY_… for {service} names no host")
    return Address(service, urlunsplit(parts._replace(fragment="")), unquote(parts.fragment))
