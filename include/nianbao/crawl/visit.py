"""The visit to one portal's reports: each lead asked for when it is due, and what it leads on to."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urldefrag, urljoin

from nianbao.archive import Archive, History
from nianbao.crawl.client import Client
from nianbao.crawl.exchange import Answer, Question
from nianbao.crawl.hosts import is_web
from nianbao.crawl.instead import ListPages
from nianbao.crawl.orders import Orders
from nianbao.crawl.record import Asked, record
from nianbao.crawl.years import is_wanted
from nianbao.errors import OverBudgetError, ReadError
from nianbao.model import Attachment, Fetch, Lead, Outcome, Portal
from nianbao.portals.families import Years
from nianbao.portals.families.titles import is_report, report_year

MOST_ATTACHMENTS = 30
"""Per page; a page that links more is an index of something else."""


class Visit:
    """One portal in one harvest; no URL is asked for twice."""

    def __init__(
        self,
        portal: Portal,
        client: Client,
        archive: Archive,
        history: History,
        orders: Orders,
        years: Years,
    ) -> None:
        """Ask for nothing yet."""
        self.lists = ListPages()
        self._portal = portal
        self._client = client
        self._archive = archive
        self._history = history
        self._orders = orders
        self._years = years
        self._asked: set[str] = set()

    def follow(self, lead: Lead) -> Iterator[Fetch]:
        """Yield the lines of a lead and of the attachments that its page holds in its place."""
        self._orders.heard(lead)
        if lead.url in self._asked:
            return
        self._asked.add(lead.url)
        known, leads = self._known(lead), list[Lead]()
        if self._is_done(lead):
            # The run was interrupted here: the page is had, but maybe not all that it links.
            if known and known.sha256:
                leads += self._attached(lead, lead.url, self._kept(known.sha256))
        elif self._is_due(lead, known):
            yield from self._fetch(Question(lead.url), lead, known, leads)
        yield from self._follow_on(lead, leads)

    def _follow_on(self, lead: Lead, leads: list[Lead]) -> Iterator[Fetch]:
        for attached in leads[:MOST_ATTACHMENTS]:
            known = self._known(attached)
            if attached.url in self._asked or self._is_done(attached):
                continue
            self._asked.add(attached.url)
            if self._is_due(attached, known):
                question = Question(attached.url, referer=lead.url)
                yield from self._fetch(question, attached, known, [])
        if len(leads) > MOST_ATTACHMENTS:
            yield self._over_limit(leads[MOST_ATTACHMENTS])

    def _known(self, lead: Lead) -> Fetch | None:
        """Return the last fetch with bytes; without them, `not modified` would leave us nothing."""
        known = self._history.get((self._portal.id, lead.url))
        return known if known and known.sha256 and self._archive.has(known.sha256) else None

    def _is_done(self, lead: Lead) -> bool:
        return (self._portal.id, lead.url) in self._orders.done

    def _is_due(self, lead: Lead, known: Fetch | None) -> bool:
        revisit = self._orders.revisit if is_web(lead.url) else None  # a folder minds no question
        return (
            known is None
            or revisit is None
            or revisit.is_due(lead, known, self._client.clock.now())
        )

    def _fetch(
        self, question: Question, lead: Lead, known: Fetch | None, leads: list[Lead]
    ) -> Iterator[Fetch]:
        clock = self._client.clock
        asked = Asked(self._portal.id, lead.url, "report", clock.monotonic(), lead)
        notes: list[Fetch] = []
        try:
            answer = self._client.get(self._portal, _conditional(question, known), notes.append)
            self.lists.ensure_other(lead.url, answer)
        # Nothing is ours in here but the asking; the archive's faults, below, are raised.
        except Exception as error:  # noqa: BLE001
            fetch = record(asked, clock, error=error)
        else:
            answer = _completed(answer, known)
            outcome, sha256 = self._keep(answer, known)
            fetch = record(asked, clock, outcome=outcome, answer=answer, sha256=sha256)
            body = self._kept(sha256) if answer.not_modified else answer.body
            leads += self._attached(lead, answer.url, body)
        yield from notes
        yield fetch

    def _keep(self, answer: Answer, known: Fetch | None) -> tuple[Outcome, str]:
        if known is None or known.sha256 is None:
            return "fetched", self._archive.put(answer.body)
        if answer.not_modified:
            return "unchanged", known.sha256
        sha256 = self._archive.put(answer.body)
        return ("unchanged" if sha256 == known.sha256 else "changed"), sha256

    def _kept(self, sha256: str) -> bytes:
        """Return archived bytes; damage is told by the reading step, and costs no harvest."""
        try:
            return self._archive.get(sha256)
        except ReadError:
            return b""

    def _attached(self, lead: Lead, base: str, body: bytes) -> list[Lead]:
        """Return the attachments of a page as leads of their own."""
        found = self._orders.links(body)
        leads = {item.url: item for item in (_lead(lead, base, link) for link in found)}
        return [item for item in leads.values() if is_wanted(item, self._years)]

    def _over_limit(self, lead: Lead) -> Fetch:
        error = OverBudgetError(f"not asked: over {MOST_ATTACHMENTS} attachments", url=lead.url)
        asked = Asked(self._portal.id, lead.url, "report", self._client.clock.monotonic(), lead)
        return record(asked, self._client.clock, error=error)


def _lead(page: Lead, base: str, link: Attachment) -> Lead:
    """Return an attachment as a lead: what the list said of its page, and what its own title adds."""
    try:
        url = urldefrag(urljoin(base, link.url.strip())).url
    except ValueError:  # a malformed address, which the client will refuse
        url = link.url
    if not is_report(link.title):
        return replace(page, url=url)
    return replace(page, url=url, title=link.title, report_year=report_year(link.title))


def _conditional(question: Question, known: Fetch | None) -> Question:
    if known is None:
        return question
    return replace(question, etag=known.etag, last_modified=known.last_modified)


def _completed(answer: Answer, known: Fetch | None) -> Answer:
    """Give a `not modified` what it rarely repeats: the next harvest has to ask with it again."""
    if known is None or not answer.not_modified:
        return answer
    return replace(
        answer,
        media_type=answer.media_type or known.media_type or "",
        etag=answer.etag or known.etag,
        last_modified=answer.last_modified or known.last_modified,
    )
