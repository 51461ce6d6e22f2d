"""Text in a table's cell that is no part of its number: footnote marks, struck-out and unseen digits."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nianbao.documents.html.pages import PAGES

_STYLES = re.compile("|".join(PAGES["mark_styles"]))
_WORDS: tuple[str, ...] = tuple(PAGES["mark_words"])
_NAMES = frozenset(name.lower() for name in PAGES["mark_classes"])
_SIMPLE = re.compile(r"[\w\s.#>-]*[.#][\w\s.#>-]+")
_BRACES = re.compile(r"[{}]")


def is_mark(style: str, classes: str) -> bool:
    """Tell whether an element's text is raised, struck out or unseen; `style` has no white space."""
    return _STYLES.search(style) is not None or not _NAMES.isdisjoint(classes.lower().split())


def apply_rules(tree: LexborHTMLParser, sheets: Iterable[LexborNode]) -> list[LexborNode]:
    """Write into the cells' elements the styles of that kind which the page's own style sheet gives.

    Nothing outside of tables: pages hide by a class what their scripts show. Returns these elements.
    """
    styled = []
    for sheet in sheets:
        for selector, style in _rules(sheet.text(deep=True) or ""):
            for node in tree.css(f"td {selector}, th {selector}"):
                own = node.attributes.get("style") or ""
                node.attrs["style"] = f"{own};{style}"
                styled.append(node)
    return styled


@lru_cache(maxsize=256)
def _rules(sheet: str) -> tuple[tuple[str, str], ...]:
    """Return the plain selectors of a style sheet whose styles make marks, each with its style."""
    if not any(word in sheet for word in (*_WORDS, "display")):
        return ()
    return tuple(
        (selector.strip(), style)
        for selectors, style in _blocks(re.sub(r"/\*.*?\*/|<!--|-->", "", sheet, flags=re.DOTALL))
        if _STYLES.search(style)
        for selector in selectors.split(",")
        if _SIMPLE.fullmatch(selector)
    )


def _blocks(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and styles; what holds only for some screens (`@media`) is left out."""
    depth = start = opened = 0
    for brace in _BRACES.finditer(sheet):
        if brace[0] == "{":
            opened = brace.end() if depth == 0 else opened
            depth += 1
            continue
        depth = max(depth - 1, 0)
        if depth == 0:
            selectors = sheet[start : max(opened - 1, start)]
            if "@" not in selectors:
                yield selectors, "".join(sheet[opened : brace.start()].lower().split())
            start = brace.end()
