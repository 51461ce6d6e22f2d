"""Faults on demand: what government sites do wrong, laid over any sample host.

A plan names a fault per pattern of addresses, and how often it strikes; `Faulty` wraps a host's
answers with it. Nothing here knows a family.
"""

import gzip
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from nianbao.sample.exchange import HTML, Answer, Answering, Asked, Wire
from nianbao.sample.sites.places import load_places

BOMB_BYTES = 200_000_000
"""Size of an unpacked gzip bomb."""

Fault = Callable[[Answer, Asked, int], Answer]
"""From the right answer, the request and the times asked before to the wrong answer."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Addresses that a fault strikes: a pattern searched in path and query."""

    pattern: str
    fault: str
    times: int | None = None
    """How often per address, before it answers rightly; `None` is always."""


@dataclass
class Faulty:
    """A host's answers with faults laid over them."""

    answering: Answering
    plan: Sequence[Rule]
    struck: list[tuple[str, str]] = field(default_factory=list)
    """Fault and target of every answer that was spoilt."""
    _asked: dict[tuple[str, str], int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, asked: Asked) -> Answer:
        """Return the answer to a request, spoilt where the plan says so."""
        answer = self.answering(asked)
        for rule in self.plan:
            if re.search(rule.pattern, asked.target):
                with self._lock:
                    before = self._asked.get((rule.fault, asked.target), 0)
                    self._asked[rule.fault, asked.target] = before + 1
                if rule.times is None or before < rule.times:
                    self.struck.append((rule.fault, asked.target))
                    answer = FAULTS[rule.fault](answer, asked, before)
        return answer


def _page(status: int, text: str, **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = f"<!DOCTYPE html><html><head><title></title></head><body>{text}</body></html>"

    def fault(answer: Answer, asked: Asked, before: int) -> Answer:
        return Answer(status, body.encode(), HTML, named)

    return fault


def _to(url: str) -> Fault:
    def fault(answer: Answer, asked: Asked, before: int) -> Answer:
        return Answer(302, headers={"Location": url})

    return fault


def _on_the_wire(wire: Callable[[int], Wire]) -> Fault:
    """Return a fault of the transport, made for the length of the body."""

    def fault(answer: Answer, asked: Asked, before: int) -> Answer:
        return replace(answer, wire=wire(len(answer.body)))

    return fault


def _redirect_loop(answer: Answer, asked: Asked, before: int) -> Answer:
    return Answer(302, headers={"Location": asked.target})


def _cookie_redirect(answer: Answer, asked: Asked, before: int) -> Answer:
    if "CT6T=" in asked.headers.get("cookie", ""):
        return answer
    headers = {"Location": asked.target, "Set-Cookie": "CT6T=1; path=/"}
    return Answer(302, headers=headers)


def _error_page(answer: Answer, asked: Asked, before: int) -> Answer:
    return _page(200, f"<h2>{load_places().words.error}</h2>" * 20)(answer, asked, before)


def _login(answer: Answer, asked: Asked, before: int) -> Answer:
    form = '<form><input name="u"><input type="password" name="p"></form>'
    return _page(200, f"<h2>{load_places().words.login}</h2>{form}")(answer, asked, before)


def _index_page(answer: Answer, asked: Asked, before: int) -> Answer:
    """Answer with a home page, as sites do that are asked too fast."""
    words = load_places().words
    links = "".join(f'<li><a href="/">{name}</a></li>' for name in words.navigation) * 12
    return _page(200, f"<ul>{links}</ul><p>{words.paragraph}</p>")(answer, asked, before)


def _changing(answer: Answer, asked: Asked, before: int) -> Answer:
    return replace(answer, body=answer.body + f"<!-- {before} -->".encode(), headers={})


def _gzip_bomb(answer: Answer, asked: Asked, before: int) -> Answer:
    return replace(answer, body=_bomb(), headers={"Content-Encoding": "gzip"})


def _gzip_unsaid(answer: Answer, asked: Asked, before: int) -> Answer:
    return replace(answer, body=gzip.compress(answer.body, mtime=0))


def _gzip_damaged(answer: Answer, asked: Asked, before: int) -> Answer:
    packed = gzip.compress(answer.body, mtime=0)
    spoilt = packed[:20] + bytes(byte ^ 0xFF for byte in packed[20:60]) + packed[60:]
    return replace(answer, body=spoilt)


def _wrong_charset(answer: Answer, asked: Asked, before: int) -> Answer:
    return replace(answer, media_type="text/html; charset=ISO-8859-1")


def _empty(answer: Answer, asked: Asked, before: int) -> Answer:
    return replace(answer, body=b"", headers={})


def _hanging(answer: Answer, asked: Asked, before: int) -> Answer:
    return replace(answer, hangs=True)


def _empty_xml(answer: Answer, asked: Asked, before: int) -> Answer:
    body = b'<?xml version="1.0" encoding="UTF-8"?><datastore/>    '
    return Answer(body=body, media_type="text/xml")


def _bomb() -> bytes:
    """Return a small body that unpacks to a very large one; made in pieces, not in memory."""
    piece = b"\0" * 1_000_000
    packed = gzip.compress(piece, mtime=0)
    # A gzip body may have many members, one after the other.
    return packed * (BOMB_BYTES // len(piece))


_CHALLENGE = "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=46122;</script>"
FAULTS: dict[str, Fault] = {
    "slow start": _on_the_wire(lambda size: Wire(seconds_before=0.3)),
    "slow body": _on_the_wire(lambda size: Wire(seconds_between=0.05)),
    "hanging": _hanging,
    "reset": _on_the_wire(lambda size: Wire(resets=True)),
    "truncated": _on_the_wire(lambda size: Wire(cut_at=size // 2)),
    "length too large": _on_the_wire(lambda size: Wire(length=size + 100)),
    "length too small": _on_the_wire(lambda size: Wire(length=size // 2, cut_at=size // 2)),
    "redirect loop": _redirect_loop,
    "redirect with a cookie": _cookie_redirect,
    "redirect to a private address": _to("http://10.0.0.1/"),
    "redirect to metadata": _to("http://169.254.169.254/latest/meta-data/"),
    "redirect to a file": _to("file:///etc/passwd"),
    "redirect to another host": _to("http://www.example.com/"),
    "error page with 200": _error_page,
    "not found": _page(404, "404"),
    "gone": _page(410, "410"),
    "server error": _page(500, "500"),
    "unavailable": _page(503, "503"),
    "too many requests": _page(429, "429", Retry_After="1"),
    "forbidden": _page(403, "403"),
    "challenge 412": _page(412, _CHALLENGE),
    "challenge 202": _page(202, _CHALLENGE),
    "challenge 521": _page(
        521, "<script>document.cookie='__jsluid_h=1';location.reload()</script>"
    ),
    "challenge 200": _page(200, f"{_CHALLENGE}<script src='/c.js'></script>"),
    "shell": _page(200, "<div id='app'></div><script src='/app.js'></script>"),
    "login": _login,
    "index page": _index_page,
    "empty body": _empty,
    "empty XML": _empty_xml,
    "changing": _changing,
    "gzip unsaid": _gzip_unsaid,
    "gzip bomb": _gzip_bomb,
    "gzip damaged": _gzip_damaged,
    "wrong charset": _wrong_charset,
}
"""Every fault by the name that plans use."""
