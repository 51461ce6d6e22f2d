"""HTTP, one hop at a time, with what goes wrong told in our own errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from urllib.parse import urljoin

import requests
from requests import exceptions as trouble

from nianbao.crawl.body import collect, unpack
from nianbao.crawl.clock import Clock
from nianbao.crawl.exchange import Answer, Question
from nianbao.crawl.hosts import host_of
from nianbao.errors import FetchError, TooLargeError, TransientFetchError
from nianbao.model.portal import Politeness

_CHUNK = 64 * 1024
_CONNECT_SECONDS = 10.0
_PATIENCE = 10
"""A whole body may take this many times the timeout, which is for a single wait."""
_FORM = "application/x-www-form-urlencoded; charset=UTF-8"


class WebTransport:
    """Sessions of `requests`, one per host: cookies and connections stay within it."""

    def __init__(self, user_agent: str, clock: Clock) -> None:
        """Connect to nothing yet."""
        self._user_agent = user_agent
        self._clock = clock
        self._guard = Lock()
        self._sessions: dict[str, _Session] = {}

    def send(self, question: Question, politeness: Politeness) -> Answer:
        """Ask once and return the answer, whatever its status; redirects are not followed.

        Raises `TransientFetchError` where no whole answer came, `TooLargeError` where it is over
        the limit, and `FetchError` where the connection can't be made safely or at all.
        """
        started = self._clock.monotonic()
        timeout = politeness.timeout_seconds
        with _own_errors(question.url):
            session = self._session(question.url)
            response = session.request(
                "GET" if question.body is None else "POST",
                question.url,
                data=question.body,
                headers=_headers(question),
                timeout=(min(timeout, _CONNECT_SECONDS), timeout),
                allow_redirects=False,
                stream=True,
            )
            with response:
                deadline = started + timeout * _PATIENCE
                target = session.target_of(response)
                body = b"" if target else self._body(response, politeness.max_bytes, deadline)
        elapsed = self._clock.monotonic() - started
        return _answer(response, target, body, round(elapsed * 1000))

    def close(self) -> None:
        """Close every connection."""
        with self._guard:
            for session in self._sessions.values():
                session.close()
            self._sessions.clear()

    def _body(self, response: requests.Response, limit: int, deadline: float) -> bytes:
        announced = response.headers.get("Content-Length", "")
        if announced.isdigit() and int(announced) > limit:
            raise TooLargeError(f"body of {announced} bytes, over {limit}", url=response.url)
        chunks = response.iter_content(_CHUNK)
        body = collect(chunks, limit, response.url, lambda: deadline - self._clock.monotonic())
        return unpack(body, limit, response.url)

    def _session(self, url: str) -> "_Session":
        host = host_of(url)
        with self._guard:
            if host not in self._sessions:
                session = _Session()
                session.headers["User-Agent"] = self._user_agent
                session.headers["Accept-Language"] = "zh-CN,zh;q=0.9"
                self._sessions[host] = session
            return self._sessions[host]


class _Session(requests.Session):
    """A session that leaves redirects alone.

    Even with `allow_redirects=False`, requests reads the body of a redirect, of any size, in order
    to prepare the next request; it doesn't where it sees no target.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Hide the target from requests."""

    def target_of(self, response: requests.Response) -> str | None:
        """Return the target of a redirect as the header has it, in its encoding."""
        return super().get_redirect_target(response)


@contextmanager
def _own_errors(url: str) -> Iterator[None]:
    try:
        yield
    except trouble.SSLError as error:
        # A certificate that doesn't hold today won't hold in a minute: no retry, and no way round.
        raise FetchError(f"no safe connection ({_reason(error)})", url=url) from error
    except (trouble.ConnectionError, trouble.Timeout, trouble.ChunkedEncodingError) as error:
        raise TransientFetchError(f"no whole answer ({_reason(error)})", url=url) from error
    except (trouble.RequestException, ValueError) as error:
        raise FetchError(f"cannot be asked for ({_reason(error)})", url=url) from error


def _reason(error: Exception) -> str:
    """Return the innermost cause: the outer ones repeat it with addresses of objects in them."""
    cause: BaseException = error
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__ or cause
    return f"{type(cause).__name__}: {cause}".rstrip(": ")


def _headers(question: Question) -> dict[str, str]:
    headers = {
        "Referer": question.referer,
        "If-None-Match": question.etag,
        "If-Modified-Since": question.last_modified,
        "Content-Type": _FORM if question.body is not None else None,
    }
    return {name: value for name, value in headers.items() if value}


def _answer(
    response: requests.Response, target: str | None, body: bytes, duration_ms: int
) -> Answer:
    return Answer(
        url=response.url,
        status=response.status_code,
        body=body,
        media_type=response.headers.get("Content-Type", "").partition(";")[0].strip().lower(),
        etag=response.headers.get("ETag"),
        last_modified=response.headers.get("Last-Modified"),
        redirect=urljoin(response.url, target) if target else None,
        retry_after=response.headers.get("Retry-After"),
        not_modified=response.status_code == requests.codes.not_modified,
        duration_ms=duration_ms,
    )
