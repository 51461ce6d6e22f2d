"""When to ask again, and when to leave a host alone for the rest of a run."""

from collections.abc import Callable
from http.client import responses

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from urllib3.exceptions import InvalidHeader
from urllib3.util.retry import Retry

from nianbao.crawl.blocks import block_in
from nianbao.crawl.clock import Clock
from nianbao.crawl.exchange import Answer
from nianbao.errors import BlockedError, FetchError, HostBlockedError, TransientFetchError

TRANSIENT_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
LONGEST_WAIT = 120.0
"""Seconds; a server that wants us to wait longer is asked in another run."""
_TROUBLES_IN_A_ROW = 3


class _BusyError(TransientFetchError):
    """An answer that asks us to come again; `wait` is in seconds, 0 where it doesn't say when."""

    wait: float = 0.0


def with_retries(attempt: Callable[[], Answer], retries: int, clock: Clock) -> Answer:
    """Return the first answer that isn't transient trouble, waiting longer and longer between.

    Raises `TransientFetchError` after the last attempt.
    """

    def wait(state: RetryCallState) -> float:
        return max(backoff(state.attempt_number - 1, clock.chance()), _asked_wait(_error(state)))

    retrying = Retrying(
        stop=stop_after_attempt(retries + 1),
        retry=retry_if_exception(_is_worth_another_try),
        wait=wait,
        sleep=clock.sleep,
        reraise=True,
    )
    return retrying(lambda: _served(attempt()))


def backoff(number: int, chance: float) -> float:
    """Return the seconds to wait after an attempt, from zero: 1, 2, 4… and up to half more."""
    return float(min(2**number, 60)) * (1 + chance / 2)


def _served(answer: Answer) -> Answer:
    """Return an answer that another attempt wouldn't better; a challenge is one, whatever its status."""
    if answer.status not in TRANSIENT_STATUS or block_in(answer):
        return answer
    name = responses.get(answer.status or 0, "")
    wait = f", asks us to wait: {answer.retry_after}" if answer.retry_after else ""
    error = _BusyError(f"HTTP {answer.status} {name}{wait}", url=answer.url, status=answer.status)
    error.wait = _seconds(answer.retry_after)
    raise error


def _seconds(retry_after: str | None) -> float:
    """Return the wait that a header asks for, in seconds or as a date."""
    if retry_after is None:
        return 0.0
    try:
        return float(Retry().parse_retry_after(retry_after))
    except InvalidHeader:
        return 0.0


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _asked_wait(error: BaseException | None) -> float:
    return error.wait if isinstance(error, _BusyError) else 0.0


def _is_worth_another_try(error: BaseException) -> bool:
    return isinstance(error, TransientFetchError) and _asked_wait(error) <= LONGEST_WAIT


class Health:
    """Counts troubles in a row per host, so that a dead or closed site costs minutes and not hours.

    A host is left alone for the life of this object after 3 requests in a row that failed in spite
    of their retries, or that were blocked, and after one that the whole host refused: to go on
    asking would be rude and change nothing.
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
        if len(troubles) >= _TROUBLES_IN_A_ROW or isinstance(last, HostBlockedError):
            reason = str(last).removesuffix(f": {last.url}")
            kind = BlockedError if isinstance(last, BlockedError) else TransientFetchError
            raise kind(f"not asked again in this run ({reason})", url=url, status=last.status)

    def well(self, host: str) -> None:
        """Forget the troubles of a host that has answered."""
        self._troubles.pop(host, None)

    def trouble(self, host: str, error: FetchError) -> None:
        """Note a trouble; one of another kind starts the count again."""
        troubles = self._troubles.setdefault(host, [])
        if troubles and isinstance(troubles[-1], BlockedError) != isinstance(error, BlockedError):
            troubles.clear()
        troubles.append(error)
