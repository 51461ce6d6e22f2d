"""Guangdong's disclosure platform (gkmlpt): a tree of categories, each listed by an interface.

A record gives the platform's pages in `start_urls` (`/gkmlpt/index`; a department below a
district's path has `/{department}/gkmlpt/index`). The categories named as the annual reports are
listed, 100 articles a page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urljoin

from nianbao.errors import ReadError
from nianbao.model import Portal
from nianbao.portals.families.base import ListRequest, Step
from nianbao.portals.families.json_text import json_of, object_after
from nianbao.portals.families.list_family import ApiFamily
from nianbao.portals.families.page import Page
from nianbao.portals.families.proposal import Proposal
from nianbao.portals.families.rows import Row, absolute
from nianbao.portals.families.text import iso_date, tidy
from nianbao.portals.families.titles import is_column, is_index
from nianbao.portals.families.visit import Batch, Visit

_CHINA = timezone(timedelta(hours=8))
_DATES = ("display_publish_time", "first_publish_time", "date", "created_at", "create_time")


@dataclass(frozen=True, slots=True)
class Category:
    """One node of the tree."""

    base: str
    id: str
    site: str


class Gkmlpt(ApiFamily):
    """See the module for what a record says."""

    def cursors_of(self, portal: Portal, page: Page) -> list[Category]:
        """Return the categories of annual reports; `ReadError` (`no_column`) where none is."""
        config = object_after(page.text, "_CONFIG")
        base, slash, _ = page.url.partition("/gkmlpt/")
        if not config or not slash:
            return []
        nodes = [
            node for node in _nodes(config.get("TREE")) if is_column(str(node.get("name") or ""))
        ]
        if not nodes:
            raise ReadError("no_column", "no category is named as the annual reports")
        return [Category(base, str(node["id"]), str(config.get("SID"))) for node in nodes]

    def read_page(self, portal: Portal, page: Page, visit: Visit, request: ListRequest) -> Step:
        """Read an article that collects reports by the text in its script; all else as ever."""
        detail = object_after(page.text, "_CONFIG").get("DETAIL") if is_index(visit.about) else None
        if isinstance(detail, dict) and detail.get("content"):
            page = Page(page.url, str(detail["content"]), page.media_type)
        return super().read_page(portal, page, visit, request)

    def ask(self, visit: Visit, column: str) -> ListRequest:
        """Ask for a page, from 1; page 0 would be page 1 again."""
        one = visit.cursor
        assert isinstance(one, Category)  # noqa: S101 - for the type checker
        url = f"{one.base}/gkmlpt/api/all/{one.id}?page={visit.page}&sid={one.site}"
        return ListRequest(url, referer=column, state=visit)

    def batch_of(self, page: Page, visit: Visit, column: str) -> Batch:
        """Return the articles of an answer."""
        answer = json_of(page.text)
        articles = answer.get("articles")
        if not isinstance(articles, list):
            raise ReadError("no_list", "the interface answers without articles")
        # What a category counts may be more than it lists; where the two differ, neither is an end.
        total, classify = answer.get("total"), answer.get("classify")
        counted = classify.get("post_count") if isinstance(classify, dict) else None
        agreed = total if isinstance(total, int) and counted in {None, total} else None
        return Batch([_row(column, one) for one in articles], agreed)

    def sniff(self, page: Page) -> Proposal | None:
        """Know the platform's path and its configuration."""
        if "gkmlpt" not in page.url and "gkmlpt" not in page.text:
            return None
        own = "/gkmlpt/" in page.url and "_CONFIG" in page.text
        start = page.url if own else urljoin(page.url, "/gkmlpt/index")
        words = "the configuration of gkmlpt" if own else "links to /gkmlpt/"
        return Proposal("gkmlpt", (start,), {}, "high" if own else "medium", (words,), own)


def _nodes(tree: object) -> list[dict[str, Any]]:
    nodes = tree if isinstance(tree, list) else []
    return [
        one
        for node in nodes
        if isinstance(node, dict)
        for one in (node, *_nodes(node.get("children")))
    ]


def _row(column: str, article: dict[str, Any]) -> Row:
    url = str(article.get("url") or article.get("post_url") or "")
    day = next((found for name in _DATES if (found := _day(article.get(name)))), None)
    return Row(absolute(column, url), tidy(str(article.get("title") or "")), day)


def _day(value: object) -> str | None:
    """Return the day of a time, which is a text or seconds since 1970."""
    if isinstance(value, int) and value:
        return datetime.fromtimestamp(value, _CHINA).date().isoformat()
    return iso_date(str(value or ""))
