"""A site asked, in a few pages, which family it is of and where its annual reports are.

From the home page the way goes by the disclosure page to the column of annual reports, or begins at
any page on it. Asking is somebody else's: `ask` returns the page for a request or raises `FetchError`.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count

from nianbao.errors import FetchError
from nianbao.portals.agencies_found import agencies_on
from nianbao.portals.families import ListRequest
from nianbao.portals.families.page import Page
from nianbao.portals.families.sniff import ColumnLink, Proposal, column_links, sniff
from nianbao.portals.families.titles import is_column, report_year
from nianbao.portals.survey import Ask, Received, Survey, site_of
from nianbao.portals.trial import Agencies, is_refusal, one_line, tried

MOST_PAGES = 12
"""Pages asked of one site; the way has three, and some lists take more than one."""
_BEST_FIRST = ("ready", "blocked", "empty", "needs a hand", "unreachable")
"""A refusal goes before what was seen on the way to it."""


def survey(url: str, ask: Ask, last_year: int, *, agencies: Agencies = ()) -> Survey:
    """Return what can be found out about a site from a page of it, asking for few others.

    `agencies` are known to publish there; some families list by agency and year, for which
    `last_year` stands. Never raises for what the site does.
    """
    return _Surveyor(ask, last_year, agencies, site_of(url)).run(url)


@dataclass
class _Surveyor:
    ask: Ask
    last_year: int
    agencies: Agencies
    site: str
    pages: int = 0
    site_name: str = ""
    seen: dict[str, Received] = field(default_factory=dict)
    queue: list[tuple[int, int, str]] = field(default_factory=list)
    number: "count[int]" = field(default_factory=count)
    found: list[Survey] = field(default_factory=list)
    named: dict[str, dict[str, str]] = field(default_factory=dict)
    """Agencies that the pages name, by credit code."""
    weak: list[Proposal] = field(default_factory=list)
    """Proposals of pages that may only be on the way, the first to try last."""
    elsewhere: list[str] = field(default_factory=list)
    """Columns on other sites, for people to look at."""

    def run(self, url: str) -> Survey:
        self._push(url, 0)
        settled = False
        while self.queue and self._may_go_on() and not settled:
            settled = self._visit(heapq.heappop(self.queue)[2])
        while self.weak and self._may_go_on() and not settled:
            settled = self._try(self.weak.pop())
        return replace(
            self._best(),
            url=url,
            site_name=self.site_name,
            pages=self.pages,
            agencies=tuple(self.named.values()),
        )

    def _may_go_on(self) -> bool:
        return self.pages < MOST_PAGES

    def _visit(self, url: str) -> bool:
        """Look at one page; tell whether it is the column."""
        try:
            page = self._get(ListRequest(url))
        except FetchError as error:
            self._note_trouble(error)
            return False
        # A page can break the code that reads it in any way; the other sites have to go on.
        try:
            return self._look(page)
        except Exception as error:  # noqa: BLE001
            text = f"{type(error).__name__}: {one_line(error)}"
            self.found.append(Survey("needs a hand", text))
            return False

    def _look(self, page: Received) -> bool:
        whole = Page.of(page.url, page.body, page.media_type)
        self.site_name = self.site_name or _site_name(whole)
        self.named = agencies_on(whole) | self.named
        proposal = sniff(page.url, page.body, page.media_type)
        is_sure = proposal is None or proposal.confidence != "low" or _is_column(whole)
        if proposal and is_sure and self._try(proposal):
            return True
        if proposal and not is_sure:
            # Any page of links will do for the family of last resort: first see where they lead.
            self.weak.append(proposal)
        for link in column_links(page.url, page.body, page.media_type):
            # Home pages link to the province's disclosure page and to the State Council's too.
            if site_of(link.url) == self.site:
                self._push(link.url, _rank(link))
            elif link.kind == "column":
                self.elsewhere.append(link.url)
        return False

    def _try(self, proposal: Proposal) -> bool:
        """Let the family list from its own proposal; tell whether it finds reports."""
        try:
            agencies = joined(self.agencies, self.named.values())
            found = tried(proposal, self._get, self._may_go_on, agencies, self.last_year)
        except Exception as error:  # noqa: BLE001 - as above
            found = Survey("needs a hand", f"{type(error).__name__}: {one_line(error)}", proposal)
        self.found.append(found)
        return found.status == "ready"

    def _get(self, request: ListRequest) -> Received:
        """Ask for a page, once; a posted form is always asked for."""
        if request.body is None and request.url in self.seen:
            return self.seen[request.url]
        self.pages += 1
        page = self.ask(request)
        if request.body is None:
            self.seen[request.url] = self.seen[page.url] = page
        return page

    def _push(self, url: str, rank: int) -> None:
        if url not in self.seen and all(url != queued for _, _, queued in self.queue):
            heapq.heappush(self.queue, (rank, next(self.number), url))

    def _note_trouble(self, error: FetchError) -> None:
        status = "blocked" if is_refusal(error) else "unreachable"
        self.found.append(Survey(status, one_line(error)))  # type: ignore[arg-type]

    def _best(self) -> Survey:
        """Return the most that was found, with the family that showed on the way."""
        nothing = Survey("needs a hand", "no page of a known family")
        best = min(self.found or [nothing], key=lambda one: _BEST_FIRST.index(one.status))
        if best.proposal is None:
            named = next((one.proposal for one in self.found if one.proposal), None)
            best = replace(best, proposal=named)
        if best.status != "ready" and self.elsewhere:
            more = f"a column on another site: {self.elsewhere[0]}"
            best = replace(best, reason=f"{best.reason}; {more}")
        return best


def joined(known: Agencies, named: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Return the agencies that are known, and of those that a site names the ones that aren't."""
    codes = {agency.get("credit_code") for agency in known}
    return [*known, *(agency for agency in named if agency["credit_code"] not in codes)]


def _rank(link: ColumnLink) -> int:
    return ("column", "disclosure", "frame").index(link.kind)


def _is_column(page: Page) -> bool:
    return is_column(page.title) and report_year(page.title) is None


def _site_name(page: Page) -> str:
    tag = page.tree.find("meta", attrs={"name": "SiteName"})
    return " ".join(str(tag.get("content") or "").split()) if tag else ""
