"""When to ask again, and when to leave a host alone for the rest of a run."""

from collections.abc import Callable
from http.client import responses

from urllib3.exceptions import InvalidHeader
from urllib3.util.retry import Retry

from nianbao.crawl.clock import Clock
from nianbao.crawl.exchange import Answer
from nianbao.errors import BlockedError, FetchError, TransientFetchError

TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 120.0
"""Seconds; a server that wants us to wait longer is asked in another run."""
_TRANSIENT_LIMIT = 3
_BLOCKED_LIMIT = 5


def with_retries(attempt: Callable[[], Answer], retries: int, clock: Clock) -> Answer:
    """Return the first answer that isn't transient trouble, waiting longer and longer between.

    Raises `TransientFetchError` after the last attempt.
    """
    for number in range(retries + 1):
        wait = backoff(number, clock.chance())
        try:
            answer = attempt()
        except TransientFetchError:
            if number == retries:
                raise
        else:
            if answer.status not in TRANSIENT_STATUS:
                return answer
            wait = max(wait, _asked_wait(answer))
            if number == retries or wait > LONGEST_WAIT:
                raise _transient(answer)
        clock.sleep(wait)
    raise AssertionError("a last attempt returns or raises")


def backoff(number: int, chance: float) -> float:
    """Return the seconds to wait after an attempt, from zero: 1, 2, 4… and up to half more."""
    return float(min(2**number, 60)) * (1 + chance / 2)


def _asked_wait(answer: Answer) -> float:
    if answer.retry_after is None:
        return 0.0
    try:
        return float(Retry().parse_retry_after(answer.retry_after))
    except InvalidHeader:
        return 0.0


def _transient(answer: Answer) -> TransientFetchError:
    name = responses.get(answer.status or 0, "")
    wait = f", asks us to wait: {answer.retry_after}" if answer.retry_after else ""
    message = f"HTTP {answer.status} {name}{wait}"
    return TransientFetchError(message, url=answer.url, status=answer.status)


class Health:
    """Counts troubles in a row per host, so that a dead or closed site costs minutes and not hours.

    A host is left alone for the life of this object after 3 requests that failed in spite of their
    retries, or after 5 that were blocked: to go on asking would be rude and change nothing.
    """

    def __init__(self) -> None:
        """Start with every host well."""
        self._troubles: dict[str, list[FetchError]] = {}

    def ensure(self, host: str, url: str) -> None:
        """Raise the error that the host gave last, where it has given too many."""
        troubles = self._troubles.get(host, [])
        if not troubles:
            return
        last = troubles[-1]
        limit = _BLOCKED_LIMIT if isinstance(last, BlockedError) else _TRANSIENT_LIMIT
        if len(troubles) >= limit:
            reason = str(last).removesuffix(f": {last.url}")
            raise type(last)(f"not asked again in this run ({reason})", url=url, status=last.status)

    def well(self, host: str) -> None:
        """Forget the troubles of a host that has answered."""
        self._troubles.pop(host, None)

    def trouble(self, host: str, error: FetchError) -> None:
        """Note a trouble; one of another kind starts the count again."""
        troubles = self._troubles.setdefault(host, [])
        if troubles and type(troubles[-1]) is not type(error):
            troubles.clear()
        troubles.append(error)
