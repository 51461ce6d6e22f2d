"""robots.txt, asked once per host and kept to."""

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from nianbao.crawl.clock import Clock
from nianbao.crawl.exchange import Answer, Question
from nianbao.crawl.record import Asked, record
from nianbao.errors import (
    FetchError,
    NotAllowedError,
    OverBudgetError,
    RobotsError,
    TransientFetchError,
)
from nianbao.model import Fetch, Portal

LONGEST_DELAY = 60.0
"""Seconds; a longer `Crawl-delay` would make a harvest endless, and is cut."""
_MOST_BYTES = 512 * 1024
"""What follows in a longer file is no rule any more; the standard asks for 500 KiB at least."""
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_EVERYTHING = Protego.parse("")

Note = Callable[[Fetch], None]


class Robots:
    """The rules of every site, by scheme and host."""

    def __init__(
        self, ask: Callable[[Portal, Question], Answer], user_agent: str, clock: Clock
    ) -> None:
        """Ask through `ask`, which follows redirects and raises `FetchError`s."""
        self._ask = ask
        self._agent = user_agent.partition("/")[0]
        self._clock = clock
        self._rules: dict[str, Protego | TransientFetchError] = {}

    def ensure(self, portal: Portal, url: str, note: Note) -> None:
        """Raise where we may not ask for a URL, having asked for the rules if need be.

        `RobotsError` where the rules say so, `TransientFetchError` where they can't be had: no
        rules is leave to go on, but a server in trouble isn't. `OverBudgetError` and
        `NotAllowedError` where the rules could not even be asked for. `note` receives what was
        asked.
        """
        rules = self._rules_of(portal, url, note)
        if isinstance(rules, TransientFetchError):
            raise TransientFetchError("robots.txt could not be had", url=url, status=rules.status)
        if not rules.can_fetch(url, self._agent):
            raise RobotsError("robots.txt asks us not to", url=url)

    def delay(self, url: str) -> float:
        """Return the seconds between requests that the rules ask for; 0 where they don't."""
        rules = self._rules.get(_site(url))
        asked = rules.crawl_delay(self._agent) if isinstance(rules, Protego) else None
        return min(float(asked or 0), LONGEST_DELAY)

    def _rules_of(self, portal: Portal, url: str, note: Note) -> Protego | TransientFetchError:
        site = _site(url)
        if site not in self._rules:
            self._rules[site] = self._load(portal, f"{site}/robots.txt", note)
        return self._rules[site]

    def _load(self, portal: Portal, url: str, note: Note) -> Protego | TransientFetchError:
        asked = Asked(portal.id, url, "robots", self._clock.monotonic())
        try:
            answer = self._ask(portal, Question(url, head=_MOST_BYTES))
        except FetchError as error:
            note(record(asked, self._clock, error=error))
            if _was_not_asked(error, url):
                raise  # another portal may be let through, and has to ask for them
            # Refused, gone, led astray or too large: the standard takes that for `no rules`.
            return error if isinstance(error, TransientFetchError) else _EVERYTHING
        note(record(asked, self._clock, outcome="fetched", answer=answer))
        return _parse(answer.body)


def _was_not_asked(error: FetchError, url: str) -> bool:
    kept_back = isinstance(error, OverBudgetError | NotAllowedError)
    return kept_back and error.status is None and error.url == url


def _parse(body: bytes) -> Protego:
    text = _decode(body[:_MOST_BYTES])
    # Many sites answer any missing path with a page.
    return _EVERYTHING if text.lstrip().startswith("<") else Protego.parse(text)


def _decode(body: bytes) -> str:
    """Return the rules' text; what a cut or a slip leaves undecodable costs one sign."""
    encoding = next((name for bom, name in _BOMS.items() if body.startswith(bom)), "utf-8")
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        at_the_end = error.start > len(body) - 4
        other = encoding if at_the_end or encoding != "utf-8" else "gb18030"
        return body.decode(other, errors="replace")


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
