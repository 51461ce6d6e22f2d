"""A list page as the families see it: its address, its text and, once, its parsed tree."""

from dataclasses import dataclass
from functools import cached_property

from bs4 import BeautifulSoup

from nianbao.portals.families.text import decode, tidy, tree_of


@dataclass(frozen=True)
class Page:
    """One page; `url` is where it came from."""

    url: str
    text: str
    media_type: str = ""

    @classmethod
    def of(cls, url: str, body: bytes, media_type: str = "") -> "Page":
        """Return the page that some bytes are."""
        return cls(url, decode(body), media_type)

    @cached_property
    def tree(self) -> BeautifulSoup:
        """The page as a tree."""
        return tree_of(self.text)

    @cached_property
    def title(self) -> str:
        """What the page calls itself: the column's meta tag, else its title."""
        for name in ("ColumnName", "ArticleTitle"):
            tag = self.tree.find("meta", attrs={"name": name})
            if tag and (text := tidy(str(tag.get("content") or ""))):
                return text
        return tidy(self.tree.title.get_text(" ")) if self.tree.title else ""
