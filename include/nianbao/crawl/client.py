"""The client: every question goes through the allow-list, robots.txt, the pace and the retries."""

from types import TracebackType
from typing import Self

import requests

from nianbao.crawl.blocks import block_in
from nianbao.crawl.budget import Budget
from nianbao.crawl.clock import Clock
from nianbao.crawl.conduct import Conduct
from nianbao.crawl.exchange import Answer, Question
from nianbao.crawl.hosts import ensure_allowed, host_of, is_web
from nianbao.crawl.pace import Pace
from nianbao.crawl.patience import Health, with_retries
from nianbao.crawl.robots import Note, Robots
from nianbao.crawl.storage import StorageTransport
from nianbao.crawl.web import WebTransport
from nianbao.errors import (
    BlockedError,
    FetchError,
    HostBlockedError,
    OverBudgetError,
    PermanentFetchError,
    TransientFetchError,
)
from nianbao.model import Portal

_MOST_HOPS = 5
_GONE = frozenset({404, 410})
_KEEPS_BODY = frozenset({307, 308})
_PLAIN = Conduct()


class Client:
    """Asks for URLs on behalf of portals; safe to use from several threads.

    What it learns about a host (its rules, its pace, its troubles) lasts as long as the client:
    one harvest.
    """

    def __init__(
        self, user_agent: str, clock: Clock | None = None, conduct: Conduct = _PLAIN
    ) -> None:
        """Introduce ourselves as `user_agent`, whose part before `/` is our name in robots.txt."""
        self.clock = clock or Clock()
        self._web = WebTransport(user_agent, self.clock, conduct.network)
        self._storage = StorageTransport(self.clock)
        self._pace = Pace(self.clock, conduct.pace_folder)
        self._budget = Budget(conduct.limits, self.clock)
        self._health = Health()
        self._robots = Robots(self._ask_unruled, user_agent, self.clock)

    def get(self, portal: Portal, question: Question, note: Note) -> Answer:
        """Return a usable answer: a body, or `not_modified` to a conditional question.

        `note` receives the requests for robots.txt on the way. Raises the `FetchError` that fits.
        """
        ensure_allowed(portal, question.url)
        if is_web(question.url):
            return self._ask(portal, question, note)
        if question.url in portal.start_urls:
            return self._storage.list(question)
        return _with_body(self._storage.read(question, portal.politeness.max_bytes))

    def close(self) -> None:
        """Close every connection."""
        self._web.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _ask_unruled(self, portal: Portal, question: Question) -> Answer:
        """Ask for robots.txt itself, which is under no rule and counts as no refusal."""
        return _usable(question, self._follow(portal, question, None))

    def _ask(self, portal: Portal, question: Question, note: Note) -> Answer:
        answer = self._follow(portal, question, note)
        host = host_of(answer.url)
        try:
            usable = _usable(question, answer)
        except BlockedError as error:
            # With status 200 it may be this page alone, such as the empty shell of a missing year.
            if isinstance(error, HostBlockedError) or error.status != requests.codes.ok:
                self._health.trouble(host, error)
            raise
        self._health.well(host)
        return usable

    def _follow(self, portal: Portal, question: Question, note: Note | None) -> Answer:
        """Follow redirects by hand: every hop has to be allowed, by us and by its host."""
        hop = question
        for _ in range(_MOST_HOPS + 1):
            ensure_allowed(portal, hop.url)
            if note is not None:
                self._robots.ensure(portal, hop.url, note)
            answer = self._send(portal, hop)
            if answer.redirect is None:
                return answer
            # Back to itself, with a cookie, it still wants what was posted: without it a list
            # interface would answer with some other page of the list, and nobody would know.
            keeps_body = answer.status in _KEEPS_BODY or answer.redirect == hop.url
            hop = hop.redirected(answer.redirect, keeps_body=keeps_body)
        message = f"more than {_MOST_HOPS} redirects"
        raise OverBudgetError(message, url=question.url, status=answer.status)

    def _send(self, portal: Portal, question: Question) -> Answer:
        host, politeness = host_of(question.url), portal.politeness
        self._health.ensure(host, question.url)
        pace = max(politeness.seconds_between_requests, self._robots.delay(question.url))

        def attempt() -> Answer:
            self._budget.spend(portal.id, host, question.url)
            with self._pace.turn(host, pace):
                return self._web.send(question, portal)

        try:
            return with_retries(attempt, politeness.retries, self.clock)
        except (TransientFetchError, HostBlockedError) as error:
            self._health.trouble(host, error)
            raise


def _usable(question: Question, answer: Answer) -> Answer:
    """Return an answer that has what was asked for, or raise what it is instead."""
    status = answer.status or 0
    if block := block_in(answer):
        kind = HostBlockedError if block.of_host else BlockedError
        raise kind(block.kind, url=question.url, status=status)
    if status in _GONE:
        raise PermanentFetchError(f"HTTP {status}", url=question.url, status=status)
    if answer.not_modified and question.is_conditional:
        return answer
    if not 200 <= status < 300:
        raise FetchError(f"HTTP {status}", url=question.url, status=status)
    return _with_body(answer)


def _with_body(answer: Answer) -> Answer:
    if not answer.body and not answer.not_modified:
        # Not `gone`: a file that is still being written, or a server's slip, may be whole next time.
        raise FetchError("empty body", url=answer.url, status=answer.status)
    return answer
