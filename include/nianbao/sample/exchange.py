"""Requests and answers of the sample sites, apart from any socket."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

HTML, XML, PLAIN, JSON = "text/html", "text/xml;charset=UTF-8", "text/plain", "application/json"


@dataclass(frozen=True)
class Asked:
    """A request as it came in; header names are in small letters."""

    method: str
    target: str
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The fields of the query."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The fields of the query and of a posted form, as servlets join them."""
        return self.query | dict(parse_qsl(self.body, keep_blank_values=True))

    @property
    def json(self) -> dict[str, Any]:
        """The posted object; an empty one where none was posted as JSON."""
        if not self.headers.get("content-type", "").startswith(JSON):
            return {}
        value = json.loads(self.body or "{}")
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True)
class Wire:
    """How an answer goes over the wire; the default is as it should."""

    seconds_before: float = 0.0
    seconds_between: float = 0.0
    """Between pieces of the body, of which there are ten."""
    cut_at: int | None = None
    """Bytes of the body after which the connection is closed."""
    resets: bool = False
    """The connection is reset in place of an answer."""
    length: int | None = None
    """What `Content-Length` says, whatever the body has."""


@dataclass(frozen=True)
class Answer:
    """What is sent back; `hangs` sends nothing for as long as the client waits."""

    status: int = 200
    body: bytes = b""
    media_type: str = HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    wire: Wire = Wire()


Answering = Callable[[Asked], Answer]
