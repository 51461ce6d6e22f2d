"""HTML pages to `Document`, parsed as browsers do it, so that unclosed tags and debris do no harm."""

import re
from importlib.resources import files

import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from nianbao.documents.html.blocks import drop_hidden, read_blocks
from nianbao.model import Document

_PAGES = yaml.safe_load((files("nianbao.documents.html") / "pages.yaml").read_text("utf-8"))
_DATE = re.compile(r"(20\d{2})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})")


def read_html(text: str) -> Document:
    """Read the article of a page: its paragraphs and tables, its title and its date."""
    tree = LexborHTMLParser(text)
    metadata = {"title": _title(tree), "published_on": _published_on(tree)}
    drop_hidden(tree)
    root = _article(tree)
    blocks = read_blocks(root) if root is not None else ()
    kept = {name: value for name, value in metadata.items() if value}
    return Document(blocks, reader="html", metadata=kept)


def _article(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the container of the article; the whole body where no known one holds real text.

    A container is passed over when a table of the page stands outside it: the figures would be lost.
    """
    body = tree.body
    if body is None:
        return None
    tables = len(body.css("table"))
    for selector in _PAGES["containers"]:
        for node in body.css(selector):
            long_enough = len(node.text(strip=True)) >= _PAGES["least_text"]
            if long_enough and (len(node.css("table")) > 0 or not tables):
                return node
    return body


def _title(tree: LexborHTMLParser) -> str:
    for name in _PAGES["title_meta"]:
        content = _meta(tree, name)
        if content:
            return content
    for selector in ("h1", "title"):
        node = tree.css_first(selector)
        if node is not None and node.text(strip=True):
            return node.text(strip=True)
    return ""


def _published_on(tree: LexborHTMLParser) -> str:
    for name in _PAGES["date_meta"]:
        date = iso_date(_meta(tree, name))
        if date:
            return date
    text = tree.body.text(separator=" ") if tree.body else ""
    for label in _PAGES["date_labels"]:
        _, found, rest = text.partition(label)
        if found and (date := iso_date(rest[:40])):
            return date
    return ""


def _meta(tree: LexborHTMLParser, name: str) -> str:
    for node in tree.css("meta"):
        attributes = node.attributes
        key = attributes.get("name") or attributes.get("property") or ""
        if key.lower() == name.lower():
            return (attributes.get("content") or "").strip()
    return ""


def iso_date(text: str) -> str:
    """Return the first date of a text as `YYYY-MM-DD`, or an empty string."""
    found = _DATE.search(text)
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups())
    valid = 1 <= month <= 12 and 1 <= day <= 31
    return f"{year:04d}-{month:02d}-{day:02d}" if valid else ""
