"""One host of the sample sites: a request in, an answer out, no sockets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit

from nianbao.model import sha256_of
from nianbao.sample.articles import Article, article_bytes, articles_of
from nianbao.sample.exchange import HTML, PLAIN, XML, Answer, Asked
from nianbao.sample.lists import (
    AGENCY_PAGE,
    PROXY_PATHS,
    agency_article,
    column_page,
    column_path,
    empty_agency_page,
    proxy_answer,
    serves_agency,
)
from nianbao.sample.roster import SamplePortal
from nianbao.sample.wording import load_wording

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /search/\n"


@dataclass
class SampleHost:
    """The portals of one host; `corrected` names the reports served without their mistake."""

    domain: str
    portals: tuple[SamplePortal, ...]
    corrected: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Index the articles by path."""
        articles = [article for portal in self.portals for article in articles_of(portal)]
        self._by_path = {article.path: article for article in articles}

    def answer_to(self, asked: Asked) -> Answer:
        """Return the answer to a request as it came in."""
        known = {"if-none-match": "If-None-Match", "if-modified-since": "If-Modified-Since"}
        headers = {known.get(name, name): value for name, value in asked.headers.items()}
        return self.answer(asked.target, asked.body, headers)

    def answer(
        self, target: str, form: str = "", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Return the answer to a path with its query, and the fields of a posted form."""
        parts = urlsplit(target)
        query = dict(parse_qsl(f"{parts.query}&{form}"))
        if parts.path == "/robots.txt":
            return Answer(body=ROBOTS.encode(), media_type=PLAIN)
        if article := self._by_path.get(parts.path):
            return self._article(article, headers or {})
        if parts.path == AGENCY_PAGE:
            return self._agency_page(query, headers or {})
        return self._list(parts.path, query) or _page(404, load_wording().site.not_found)

    def _list(self, path: str, query: Mapping[str, str]) -> Answer | None:
        for portal in self.portals:
            if portal.build == "agency_pages":
                continue
            if path == column_path(portal):
                return Answer(body=column_page(portal, self.domain).encode())
            if path == PROXY_PATHS[portal.build]:
                return Answer(body=proxy_answer(portal, query).encode(), media_type=XML)
        return None

    def _agency_page(self, query: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        for portal in self.portals:
            if not serves_agency(portal, query.get("area")):
                continue
            if article := agency_article(portal, query):
                return self._article(article, headers)
            return Answer(body=empty_agency_page(portal, self.domain).encode())
        return _page(404, load_wording().site.not_found)

    def _article(self, article: Article, headers: Mapping[str, str]) -> Answer:
        words = load_wording().site
        if article.trouble == "gone":
            return _page(404, words.not_found)
        if article.trouble == "forbidden":
            return _page(403, words.forbidden)
        if article.trouble == "hanging":
            return Answer(hangs=True)
        corrected = bool(article.report and article.report.key in self.corrected)
        body = article_bytes(article, self.domain, corrected=corrected)
        return _conditional(body, _changed_at(article, corrected=corrected), headers)


def _conditional(body: bytes, changed_at: datetime, headers: Mapping[str, str]) -> Answer:
    tag = f'"{sha256_of(body)[:16]}"'
    sent = {"ETag": tag, "Last-Modified": format_datetime(changed_at, usegmt=True)}
    known, since = headers.get("If-None-Match"), headers.get("If-Modified-Since")
    # A tag is the stronger statement: the date counts only where there is none.
    fresh = known == tag if known else bool(since and parsedate_to_datetime(since) >= changed_at)
    return Answer(304, b"", HTML, sent) if fresh else Answer(200, body, HTML, sent)


def _changed_at(article: Article, *, corrected: bool) -> datetime:
    return datetime.combine(article.published_on, time(9, 45 if corrected else 30), UTC)


def _page(status: int, text: str) -> Answer:
    head = f'<head><meta charset="utf-8"><title>{status}</title></head>'
    return Answer(status, f"<html>{head}<body>{text}</body></html>".encode())
