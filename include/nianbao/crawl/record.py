"""Lines of the fetch log: one request, one outcome."""

from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from nianbao.crawl.clock import Clock
from nianbao.crawl.exchange import Answer
from nianbao.errors import FetchError
from nianbao.model import Fetch, Lead, Outcome

Purpose = Literal["robots", "list", "report"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that has begun."""

    portal_id: str
    url: str
    purpose: Purpose
    started: float
    """Reading of the monotonic clock."""
    lead: Lead | None = None


def record(
    asked: Asked,
    clock: Clock,
    *,
    outcome: Outcome | None = None,
    answer: Answer | None = None,
    error: Exception | None = None,
    sha256: str | None = None,
) -> Fetch:
    """Return the line for a request; without an answer its time includes retries and waits.

    The outcome is the error's where it isn't given.
    """
    elapsed = round((clock.monotonic() - asked.started) * 1000)
    lead = asked.lead or Lead(asked.portal_id, asked.url)
    fetch = Fetch(
        portal_id=asked.portal_id,
        url=asked.url,
        purpose=asked.purpose,
        outcome=outcome or _outcome(error),
        fetched_at=clock.now(),
        duration_ms=answer.duration_ms if answer else elapsed,
        status=answer.status if answer else _status(error),
        size=len(answer.body) if answer and not answer.not_modified else None,
        sha256=sha256,
        media_type=(answer.media_type or None) if answer else None,
        etag=answer.etag if answer else None,
        last_modified=answer.last_modified if answer else None,
        message=_line(error) if error else "",
        lead_title=lead.title,
        lead_published_on=lead.published_on,
        lead_agency=lead.agency,
        lead_report_year=lead.report_year,
    )
    return _writable(fetch)


def _writable(fetch: Fetch) -> Fetch:
    """Return the line with nothing in it that UTF-8 can't hold: it would cost the whole log part."""
    values = {field.name: getattr(fetch, field.name) for field in fields(fetch)}
    texts: dict[str, Any] = {
        name: value.encode("utf-8", "backslashreplace").decode()
        for name, value in values.items()
        if isinstance(value, str)
    }
    return replace(fetch, **texts)


def _status(error: Exception | None) -> int | None:
    return error.status if isinstance(error, FetchError) else None


def _outcome(error: Exception | None) -> Outcome:
    return error.outcome if isinstance(error, FetchError) else "failed"


def _line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if isinstance(error, FetchError) else f"{type(error).__name__}: {text}"
