"""HTTP, one hop at a time, with what goes wrong told in our own errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from urllib.parse import urljoin

import requests
from requests import exceptions as trouble

from nianbao.crawl.body import collect, head_of, unpack
from nianbao.crawl.clock import Clock
from nianbao.crawl.conduct import Network
from nianbao.crawl.connect import Guard, GuardedAdapter
from nianbao.crawl.exchange import Answer, Question
from nianbao.crawl.hosts import host_of
from nianbao.errors import (
    FetchError,
    HostBlockedError,
    NotAllowedError,
    TooLargeError,
    TransientFetchError,
)
from nianbao.model import Portal

_CHUNK = 64 * 1024
_CONNECT_SECONDS = 10.0
_PATIENCE = 10
"""A whole body may take this many times the timeout, which is for a single wait."""
_DIRECT = Network()
_FORM = "application/x-www-form-urlencoded; charset=UTF-8"

_Key = tuple[str, tuple[str, ...], bool]


class WebTransport:
    """Sessions of `requests`, one per host: cookies and connections stay within it."""

    def __init__(self, user_agent: str, clock: Clock, network: Network = _DIRECT) -> None:
        """Connect to nothing yet."""
        self._user_agent = user_agent
        self._clock = clock
        self._network = network
        self._guard = Lock()
        self._sessions: dict[_Key, _Session] = {}

    def send(self, question: Question, portal: Portal) -> Answer:
        """Ask once and return the answer, whatever its status; redirects are not followed.

        Raises `TransientFetchError` where no whole answer came, `TooLargeError` where it is over
        the limit, `NotAllowedError` where the host's address is none that we may connect to,
        `HostBlockedError` where there is no safe connection, and `FetchError` where it can't be
        asked at all.
        """
        started = self._clock.monotonic()
        timeout = portal.politeness.timeout_seconds
        with _own_errors(question.url):
            session = self._session(question.url, portal)
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
                limit = portal.politeness.max_bytes
                body = b"" if target else self._body(response, question, limit, deadline)
        elapsed = self._clock.monotonic() - started
        return _answer(response, target, body, round(elapsed * 1000))

    def close(self) -> None:
        """Close every connection."""
        with self._guard:
            for session in self._sessions.values():
                session.close()
            self._sessions.clear()

    def _body(
        self, response: requests.Response, question: Question, limit: int, deadline: float
    ) -> bytes:
        announced, head = response.headers.get("Content-Length", ""), question.head
        if head is None and announced.isdigit() and int(announced) > limit:
            raise TooLargeError(f"body of {announced} bytes, over {limit}", url=response.url)

        def left() -> float:
            return deadline - self._clock.monotonic()

        chunks = response.iter_content(_CHUNK)
        if head is not None:
            return head_of(chunks, min(head, limit), response.url, left)
        return unpack(collect(chunks, limit, response.url, left), limit, response.url)

    def _session(self, url: str, portal: Portal) -> "_Session":
        """Return the session of a host; portals share it only under the same rules of safety."""
        key = (host_of(url), portal.networks, portal.verify_tls)
        with self._guard:
            if key not in self._sessions:
                self._sessions[key] = self._new_session(portal)
            return self._sessions[key]

    def _new_session(self, portal: Portal) -> "_Session":
        session, network = _Session(), self._network
        # Neither proxies nor passwords from the environment or ~/.netrc: settings alone decide.
        session.trust_env = False
        session.headers["User-Agent"] = self._user_agent
        session.headers["Accept-Language"] = "zh-CN,zh;q=0.9"
        # requests would also name what other installed packages can unpack.
        session.headers["Accept-Encoding"] = "gzip, deflate"
        session.verify = (network.ca_bundle or True) if portal.verify_tls else False
        if network.proxy:
            session.proxies = {"http": network.proxy, "https": network.proxy}
        for scheme in ("http://", "https://"):
            session.mount(scheme, GuardedAdapter(Guard(portal.networks, network.resolve)))
        return session


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
    except NotAllowedError as error:
        raise NotAllowedError(str(error).removesuffix(f": {error.url}"), url=url) from error
    except trouble.SSLError as error:
        # What can't be spoken or trusted today can't in a minute: no retry, and no way round.
        raise HostBlockedError(f"no safe connection ({_reason(error)})", url=url) from error
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
        **dict(question.headers),
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
