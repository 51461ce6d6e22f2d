"""The walk through a portal's lists: leads as they are found, and a line for every list page."""

from collections import deque
from collections.abc import Callable, Iterator

from nianbao.crawl.client import Client
from nianbao.crawl.exchange import Answer, Question
from nianbao.crawl.record import Asked, record
from nianbao.crawl.years import is_wanted, wanted_years
from nianbao.errors import OverBudgetError
from nianbao.model import Fetch, Lead, Portal
from nianbao.portals.families import ListRequest, Step, Years, family_named

MOST_LIST_PAGES = 200
"""Per portal and harvest; a list that goes on longer is taken for one without end."""


def walk(
    portal: Portal,
    client: Client,
    years: Years,
    saw: Callable[[Answer], object] = lambda _: None,
    pages: Years = None,
) -> Iterator[Lead | Fetch]:
    """Yield every wanted lead once, and one `Fetch` for each list page or robots.txt asked for.

    `saw` receives each list page that was answered; `pages` are the years of the leads that need no
    list, where they aren't all of `years`. Nothing that a portal does raises; it is the
    outcome of the request that met it.
    """
    years = wanted_years(portal, years, client.clock.now())
    lists = _Lists(portal, client, saw)
    known: set[str] = set()
    for item in lists.run(years, years if pages is None else pages):
        if isinstance(item, Fetch):
            yield item
        elif item.url not in known and is_wanted(item, years):
            known.add(item.url)
            yield item


class _Lists:
    """The queue of list pages of one portal."""

    def __init__(self, portal: Portal, client: Client, saw: Callable[[Answer], object]) -> None:
        self._portal = portal
        self._saw = saw
        self._client = client
        self._family = family_named(portal.family)
        self._queue: deque[ListRequest] = deque()
        self._known: set[tuple[str, str | None]] = set()

    def run(self, years: Years, pages: Years) -> Iterator[Lead | Fetch]:
        try:
            step = self._family.start(self._portal, years)
        except Exception as error:  # noqa: BLE001 - as below
            yield record(self._asked(ListRequest("")), self._client.clock, error=error)
            return
        self._add(step)
        yield from (lead for lead in step.leads if is_wanted(lead, pages))
        for _ in range(MOST_LIST_PAGES):
            if not self._queue:
                return
            yield from self._turn(self._queue.popleft())
        if self._queue:
            yield self._over_budget(self._queue[0])

    def _turn(self, request: ListRequest) -> Iterator[Lead | Fetch]:
        notes: list[Fetch] = []
        asked = self._asked(request)
        fetch, step = self._read(request, asked, notes)
        self._add(step)
        yield from notes
        yield fetch
        yield from step.leads

    def _read(self, request: ListRequest, asked: Asked, notes: list[Fetch]) -> tuple[Fetch, Step]:
        clock = self._client.clock
        question = Question(request.url, request.body, request.referer, headers=request.headers)
        try:
            answer = self._client.get(self._portal, question, notes.append)
        # A page can break the client or a family in any way; the other pages and portals have to
        # go on.
        except Exception as error:  # noqa: BLE001
            return record(asked, clock, error=error), Step()
        self._saw(answer)
        try:
            step = self._family.read(self._portal, request, answer.body, answer.media_type)
        except Exception as error:  # noqa: BLE001 - as above
            return record(asked, clock, outcome="failed", answer=answer, error=error), Step()
        return record(asked, clock, outcome="fetched", answer=answer), step

    def _over_budget(self, request: ListRequest) -> Fetch:
        error = OverBudgetError(f"not asked: over {MOST_LIST_PAGES} list pages", url=request.url)
        return record(self._asked(request), self._client.clock, error=error)

    def _asked(self, request: ListRequest) -> Asked:
        return Asked(self._portal.id, request.url, "list", self._client.clock.monotonic())

    def _add(self, step: Step) -> None:
        for request in step.requests:
            key = (request.url, request.body)
            if key not in self._known:
                self._known.add(key)
                self._queue.append(request)
