"""HTML pages to `Document`, parsed as browsers do it, so that unclosed tags and debris do no harm."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nianbao.documents.html.attachments import read_attachments
from nianbao.documents.html.blocks import read_blocks
from nianbao.documents.html.hidden import drop_hidden
from nianbao.documents.html.pages import PAGES
from nianbao.documents.html.parse import parse_page
from nianbao.documents.html.parts import Parts, parts_of
from nianbao.documents.html.scripted import with_scripted_body
from nianbao.model import Document

_ID_BEGINS = re.compile(r"\[id\^=(\w+)\]")
_DATE = re.compile(r"(20\d{2})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})")


def read_html(text: str) -> Document:
    """Read the article of a page: its paragraphs and tables, its title, its date, its attachments."""
    page = with_scripted_body(text)
    tree = parse_page(page)
    parts = parts_of(tree)
    meta = _meta(parts)
    metadata = {"title": _title(tree, meta), "published_on": _published_on(tree, meta)}
    attachments = read_attachments(parts)
    hidden_table = drop_hidden(tree, parts)
    tables = tree.css("table") if hidden_table else parts.tags("table")
    root = _article(tree, tables)
    blocks = read_blocks(root, tables, paths=page is text) if root is not None else ()
    kept = {name: value for name, value in metadata.items() if value}
    return Document(blocks, reader="html", metadata=kept, attachments=attachments)


def _article(tree: LexborHTMLParser, tables: Sequence[LexborNode]) -> LexborNode | None:
    """Return the container of the article; the whole body where no known one holds real text.

    A container is passed over when a table of the page stands outside it: the figures would be lost.
    """
    body = tree.body
    if body is None:
        return None
    if tables:
        return next(_around_tables(tables), body)
    found = (node for selector in PAGES["containers"] for node in body.css(selector))
    return next(filter(_is_long, found), body)


def _around_tables(tables: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """Yield the containers that hold a table, by their rank and then in the page's order.

    Looking upwards from the tables is many times as fast as trying each selector on the whole page.
    """
    around: dict[int, LexborNode] = {}
    for table in tables:
        chain = []
        above = table.parent
        while above is not None and above.mem_id not in around:
            chain.append(above)
            above = above.parent
        around.update((node.mem_id, node) for node in reversed(chain))
    ranked = [(rank, node) for node in around.values() if (rank := _rank(node)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    return (node for _, node in ranked if _is_long(node))


def _rank(node: LexborNode) -> int | None:
    """Return which of the known containers an element is; of two, the more particular one."""
    attributes = node.attributes if node.is_element_node else {}
    name, classes = attributes.get("id") or "", attributes.get("class") or ""
    return _rank_of(name, classes) if name or classes else None


@lru_cache(maxsize=1024)
def _rank_of(name: str, classes: str) -> int | None:
    signs = {f"#{name}", *(f".{one}" for one in classes.split())}
    for rank, selector in enumerate(PAGES["containers"]):
        begins = _ID_BEGINS.fullmatch(selector)
        if name.startswith(begins[1]) if begins else selector in signs:
            return rank
    return None


def _is_long(node: LexborNode) -> bool:
    """Tell whether a node holds more than a teaser or a share bar; the rest of it is not looked at."""
    length = 0
    for part in node.traverse(include_text=True):
        if part.is_text_node:
            length += len((part.text_content or "").strip())
            if length >= PAGES["least_text"]:
                return True
    return False


def _title(tree: LexborHTMLParser, meta: dict[str, str]) -> str:
    for name in PAGES["title_meta"]:
        if content := meta.get(name.lower()):
            return content
    for selector in ("h1", "title"):
        node = tree.css_first(selector)
        if node is not None and node.text(strip=True):
            return node.text(strip=True)
    return ""


def _published_on(tree: LexborHTMLParser, meta: dict[str, str]) -> str:
    for name in PAGES["date_meta"]:
        if date := iso_date(meta.get(name.lower(), "")):
            return date
    text = tree.body.text(separator=" ") if tree.body else ""
    for label in PAGES["date_labels"]:
        _, found, rest = text.partition(label)
        if found and (date := iso_date(rest[:40])):
            return date
    return ""


def _meta(parts: Parts) -> dict[str, str]:
    """Return what the page's meta tags say, by their names in lower case; the first of a name counts."""
    said: dict[str, str] = {}
    for node in parts.tags("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        said.setdefault(name.lower(), (attributes.get("content") or "").strip())
    return said


def iso_date(text: str) -> str:
    """Return the first date of a text as `YYYY-MM-DD`, or an empty string."""
    found = _DATE.search(text)
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    valid = 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04d}-{month:02d}-{day:02d}" if valid else ""
