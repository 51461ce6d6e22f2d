"""How a page names its next one; every way that family pages of plain HTML have."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from nianbao.portals.families.page import Page
from nianbao.portals.families.rows import absolute
from nianbao.portals.families.shape import is_web
from nianbao.portals.families.text import tidy
from nianbao.portals.families.titles import words

Pager = Callable[[Page, int], str | None]
"""From a page and its number, from 1, to the URL of the next; `None` where it names none."""

# createPageHTML(pages, current, "index", "html"), also with a container and a total.
_CREATE = re.compile(
    r"createPageHTML\w*\s*\(\s*(?:['\"][^'\"]*['\"]\s*,\s*)?(\d+)\s*,\s*(\d+)\s*,"
    r"\s*['\"]([\w-]+)['\"]\s*,\s*['\"](\w+)['\"]"
)
_COUNT = re.compile(r"\bcountPage\s*=\s*[\"']?(\d+)")
_STEM = re.compile(r"(.*/)([^/.]*?)(?:_\d+)?\.(\w+)$")
_WRITTEN = re.compile(r"\{page(?P<less>0)?\}")


def next_link(page: Page, number: int) -> str | None:
    """Follow the link that says `next page`."""
    for link in page.tree.find_all("a", href=True):
        if tidy(link.get_text(" ")).strip("<>«» ") in words().next_page:
            url = absolute(page.url, str(link["href"]).strip())
            return url if is_web(url) and url != page.url else None
    return None


@dataclass(frozen=True, slots=True)
class Counter:
    """What a script says of a list: how many pages, and how their addresses are made."""

    pages: int
    before: str
    after: str
    second: int = 1
    """The number in the address of page 2."""

    def after_page(self, number: int) -> str | None:
        """Return the address of the page after one with a number from 1; `None` after the last."""
        following = number + self.second - 1
        return f"{self.before}_{following}.{self.after}" if number < self.pages else None


def created(page: Page, number: int) -> Counter | None:
    """Read the `createPageHTML` call of a page: `index_1` is its page 2.

    Where the call says 1 on page 1, as those with a container do, `index_2` is.
    """
    call = _CREATE.search(page.text)
    if call is None:
        return None
    second = 2 if int(call[2]) == number else 1
    return Counter(int(call[1]), urljoin(page.url, call[3]), call[4], second)


def counted(page: Page) -> Counter | None:
    """Read a page's `countPage`; the addresses are like its own."""
    count = _COUNT.search(page.text)
    whole = page.url.partition("?")[0]
    parts = _STEM.fullmatch(f"{whole}index.html" if whole.endswith("/") else whole)
    return Counter(int(count[1]), parts[1] + parts[2], parts[3]) if count and parts else None


def by_script(page: Page, number: int) -> str | None:
    """Count as the page's script does."""
    found = created(page, number) or counted(page)
    return found.after_page(number) if found else None


def second_based(page: Page, number: int) -> str | None:
    """Count as NFCMS does: page 2 is `index_2`, if the page has a link to it."""
    url = _numbered(page.url, number + 1)
    return url if url and url.rpartition("/")[2] in page.text else None


def numbered_link(page: Page, number: int) -> str | None:
    """Follow the link whose text is the next page's number."""
    for link in page.tree.find_all("a", href=True, string=str(number + 1)):
        url = absolute(page.url, str(link["href"]).strip())
        if is_web(url) and url != page.url:
            return url
    return None


def written(template: str) -> Pager:
    """Return the pager of a record's template: `{page}` counts from 1, `{page0}` from 0."""

    def pager(page: Page, number: int) -> str | None:
        return urljoin(
            page.url,
            _WRITTEN.sub(lambda hole: str(number if hole["less"] else number + 1), template),
        )

    return pager


def _numbered(url: str, number: int) -> str | None:
    whole = url.partition("?")[0]
    parts = _STEM.fullmatch(f"{whole}index.html" if whole.endswith("/") else whole)
    return f"{parts[1]}{parts[2]}_{number}.{parts[3]}" if parts else None
