"""What families have in common that list in plain pages, or in answers of an interface."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from nianbao.errors import ConfigurationError, ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step, Years, check_params
from nianbao.portals.families.listing import folders_of, leads_of
from nianbao.portals.families.page import Page
from nianbao.portals.families.pager import Pager, next_link
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import Row, rows_of
from nianbao.portals.families.shape import Shape
from nianbao.portals.families.titles import is_index
from nianbao.portals.families.visit import Batch, Visit, advance


class ListFamily(ABC):
    """A family whose lists are pages of links: each page names the next one in its own way."""

    params: ClassVar[frozenset[str]] = frozenset()
    shape: ClassVar[Shape] = Shape()
    pagers: ClassVar[tuple[Pager, ...]] = (next_link,)

    def check(self, portal: Portal) -> None:
        """Refuse a record without a start URL, or with parameters that nobody reads."""
        check_params(portal, self.params)
        if not portal.start_urls:
            raise ConfigurationError("start_urls: this family needs the column of annual reports")

    def start(self, portal: Portal, years: Years) -> Step:
        """Ask for every column."""
        return Step(requests=tuple(ListRequest(u, state=Visit(years)) for u in portal.start_urls))

    def read(self, portal: Portal, request: ListRequest, body: bytes, media_type: str) -> Step:
        """Return what a page lists; `ReadError` where it is no list of this family."""
        visit = request.state if isinstance(request.state, Visit) else Visit()
        page = Page.of(request.url, body, media_type)
        # What a page calls itself stands in for the link that led to it, where none did.
        return self.read_page(
            portal, page, replace(visit, about=visit.about or page.title), request
        )

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Return the leads of a page of links, the lists it leads to, and its next page."""
        rows = rows_of(page.tree, page.url)
        if not rows:
            raise ReadError("no_list", "the page has no links")
        following = advance(visit, Batch(rows, pages=self.page_count(page, visit)))
        url = self.next_url(portal, page, visit.page) if following else None
        more = (ListRequest(url, referer=page.url, state=following),) if url else ()
        return self.step(portal, page.url, visit, rows, more)

    def step(
        self,
        portal: Portal,
        page_url: str,
        visit: Visit,
        rows: Sequence[Row],
        more: tuple[ListRequest, ...] = (),
    ) -> Step:
        """Return the leads and folders among some rows, with the requests that go on."""
        leads = leads_of(portal, visit, rows, self.shape)
        return Step(leads, (*more, *folders_of(portal, visit, rows, page_url, self.shape)))

    def next_url(self, portal: Portal, page: Page, number: int) -> str | None:
        """Return the page after one with a number from 1, as the first pager that knows tells."""
        urls = (pager(page, number) for pager in self.pagers)
        return next((url for url in urls if url), None)

    def page_count(self, page: Page, visit: Visit) -> int | None:
        """Return how many pages the list has, where this family's pages tell it surely."""
        return None

    @abstractmethod
    def sniff(self, page: Page) -> Proposal | None:
        """Return what a portal record would say of a page, if it is of this family."""


class ApiFamily(ListFamily):
    """A family whose column page tells what to ask an interface for."""

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read a column page for the interface's settings, or an answer for its rows."""
        if visit.cursor is not None:
            return self._answer(portal, page, visit, request)
        # A page of links to reports is an article, which carries its column's marks all the same.
        cursors = () if is_index(visit.about) else self.cursors_of(portal, page)
        if not cursors:
            return super().read_page(portal, page, visit, request)
        rows = rows_of(page.tree, page.url)
        firsts = tuple(self.ask(replace(visit, cursor=one), page.url) for one in cursors)
        return self.step(portal, page.url, visit, rows, firsts)

    def _answer(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        column = request.referer or page.url
        batch = self.batch_of(page, visit, column)
        following = advance(visit, batch)
        more = (self.ask(following, column),) if following else ()
        return self.step(portal, column, visit, batch.rows, more)

    @abstractmethod
    def cursors_of(self, portal: Portal, page: Page) -> Sequence[object]:
        """Return what the interface wants to be asked with, for every list of a column page."""

    @abstractmethod
    def ask(self, visit: Visit, column: str) -> ListRequest:
        """Return the request for the page where a list stands; `column` is the page it is on."""

    @abstractmethod
    def batch_of(self, page: Page, visit: Visit, column: str) -> Batch:
        """Return the rows of an answer, and how many there are in all where it tells.

        Raises `ReadError` where it is no answer of this interface.
        """
