"""What the sample sites of all families have in common: articles, files, records, robots.txt."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from nianbao.sample.exchange import PLAIN, Answer, Asked
from nianbao.sample.sites.markup import Markup, collection_body, list_items, report_body
from nianbao.sample.sites.places import Entry, entries_of, load_places

WORD = "application/msword"
_POLITENESS = {"seconds_between_requests": 0.0, "timeout_seconds": 5.0, "retries": 0}


class Site(ABC):
    """One sample site. A subclass says where things are, and how lists answer."""

    family: ClassVar[str]
    markup: ClassVar[Markup] = Markup()
    starts: ClassVar[tuple[str, ...]]
    """Paths of the start URLs."""
    page_size: ClassVar[int] = 4
    other_hosts: ClassVar[int] = 0
    """Hosts beside the site's own that its lists are answered from."""

    def __init__(self, key: str) -> None:
        """Publish what the place of that name publishes."""
        self.key = key
        self.place = load_places().places[key]
        self.entries = entries_of(self.place)
        self.netlocs: tuple[str, ...] = ("www.example.gov.cn",)
        self._pages = {self.article_path(e): e for e in self.entries if e.kind != "file"}
        self._files = {self.file_path(e): e for e in self.entries if e.report}

    @property
    def listed(self) -> tuple[Entry, ...]:
        """What the lists show, newest first."""
        return tuple(entry for entry in self.entries if entry.kind != "collected")

    @abstractmethod
    def article_path(self, entry: Entry) -> str:
        """Return the path and query of an article, as this family makes them."""

    @abstractmethod
    def answer_list(self, asked: Asked) -> Answer | None:
        """Return the answer of a list or an interface; `None` where the path is no such thing."""

    def file_path(self, entry: Entry) -> str:
        """Return the path and query of an attachment."""
        return f"/attachment/{entry.day}/{entry.id}.doc"

    def href(self, entry: Entry) -> str:
        """Return the address that a list prints for an entry."""
        return self.file_path(entry) if entry.kind == "file" else self.article_path(entry)

    def answer(self, asked: Asked) -> Answer:
        """Return the answer to a request."""
        if asked.path == "/robots.txt":
            return Answer(body=b"User-agent: *\nDisallow: /admin/\n", media_type=PLAIN)
        if entry := self._files.get(asked.target):
            return Answer(body=self.file_bytes(entry), media_type=WORD)
        if entry := self._pages.get(asked.target):
            return self.page(self.article_html(entry))
        return self.answer_list(asked) or self.way(asked) or self.missing()

    def way(self, asked: Asked) -> Answer | None:
        """Answer as the home page, or as the page of disclosure between it and the column."""
        words = load_places().words
        if asked.target == "/":
            rows = [("/zwgk/", words.topics[1], ""), ("/zfxxgk/", words.disclosure, "")]
        elif asked.target == "/zfxxgk/":
            rows = [("/zfxxgk/zn/", words.guide, ""), (self.starts[0], words.column, "")]
        else:
            return None
        html = self.markup.page(self.place, words.disclosure, f"<ul>{list_items(rows)}</ul>")
        return self.page(html)

    def article_html(self, entry: Entry) -> str:
        """Return an article's page; a report's has a link to the same as a file below it."""
        body = self.article_body(entry)
        if entry.report and entry.number % 4 == 0:
            name = f"{entry.title}.doc"
            words = load_places().words
            body += f'<p>{words.attachment}：<a href="{self.file_path(entry)}">{name}</a></p>'
        return self.markup.article(self.place, entry, body)

    def article_body(self, entry: Entry) -> str:
        """Return what an article's container holds."""
        if entry.kind != "collection":
            return report_body(entry)
        last = load_places().years[1]
        reports = [e for e in self.entries if e.report and e.year == last and e.kind != "file"]
        return collection_body(
            (self.article_path(e), e.report.organisation) for e in reports if e.report
        )

    def file_bytes(self, entry: Entry) -> bytes:
        """Return an attachment: a .doc that is HTML inside, as many are."""
        return Markup().article(self.place, entry, report_body(entry)).encode()

    def page(self, html: str) -> Answer:
        """Return a page as this family sends it."""
        return Answer(
            body=self.markup.encode(html), media_type=f"text/html; charset={self.markup.charset}"
        )

    def missing(self) -> Answer:
        """Return the page of an address that isn't there."""
        words = load_places().words
        html = self.markup.page(self.place, "404", f"<p>{words.error}</p>")
        return Answer(404, self.markup.encode(html))

    def record(self) -> dict[str, Any]:
        """Return the site's portal record, for the hosts that it is served from."""
        return {
            "name": load_places().words.site_name.format(place=self.place.name),
            "family": self.family,
            "hosts": list(self.netlocs),
            # The site is on this machine, where no portal may be but one that says so.
            "networks": ["127.0.0.0/8"],
            "start_urls": [self.url(path) for path in self.starts],
            "politeness": _POLITENESS,
            "verified": "sample",
            **self.more_record(),
        }

    def more_record(self) -> dict[str, Any]:
        """Return what this family's record has beside the usual."""
        return {}

    def report_urls(self) -> dict[str, Entry]:
        """Return the URLs of all reports that a harvest has to find, and no other."""
        return {self.url(self.href(entry)): entry for entry in self.entries if entry.report}

    def url(self, path: str) -> str:
        """Return the whole URL of a path on the site's own host."""
        return f"http://{self.netlocs[0]}{path}"

    def rows(self, entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
        """Return address, title and day of entries, for `list_items`."""
        return [(self.href(entry), entry.title, entry.day) for entry in entries]

    def slice(self, number: int, size: int | None = None) -> tuple[Entry, ...]:
        """Return what page `number` of the whole list shows, from 1."""
        size = size or self.page_size
        return self.listed[max(number - 1, 0) * size : max(number, 1) * size]

    def page_count(self, entries: Sequence[Entry] | None = None) -> int:
        """Return the number of pages of a list."""
        return -(-len(self.listed if entries is None else entries) // self.page_size)


def number(text: str | None, default: int = 1) -> int:
    """Return the number in a field of a query."""
    return int(text) if text and text.lstrip("-").isdecimal() else default
