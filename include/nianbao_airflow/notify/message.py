"""A message before it takes the form of a service, and how it is cut to a service's limit."""

from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

LEFT_OUT: Final = "……另有 {count} 行未列出，详见链接"


@dataclass(frozen=True, slots=True)
class Message:
    """What people are told; all text is plain, without the mark-up of any service."""

    kind: str
    level: str
    """`error`, `warning` or `info`."""
    title: str
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Pairs of words and URL, into Airflow's UI."""
    at: str
    """When, as printed, in the time of Asia/Shanghai."""


def fit(message: Message, limit: int, form: Callable[[Message], bytes]) -> bytes:
    """Return a message in a service's form, in at most `limit` bytes.

    Lines go from the end, and the message says how many; title and links stay. Half a message is
    worth more than a refused one.
    """
    body = form(message)
    if len(body) <= limit:
        return body
    fits = range(len(message.lines))
    # How many lines fit: the first that is one too many.
    kept = bisect(fits, limit, key=lambda count: len(form(_cut(message, count)))) - 1
    if kept >= 0:
        return form(_cut(message, kept))
    return form(replace(_cut(message, 0), title=message.title[:60], links=message.links[:1]))


def _cut(message: Message, kept: int) -> Message:
    left_out = LEFT_OUT.format(count=len(message.lines) - kept)
    return replace(message, lines=(*message.lines[:kept], left_out))
