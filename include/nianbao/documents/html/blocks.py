"""The nodes of an article as blocks: text between block elements is a paragraph, a leaf table a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nianbao.documents.html.table import has_style, is_layout, read_table
from nianbao.model import Block, Paragraph

_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    ["head", "iframe", "noscript", "script", "select", "style", "template", "title"]
)


@dataclass
class _Blocks:
    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def end_paragraph(self) -> None:
        text = " ".join("".join(self.text).split())
        self.text.clear()
        if text:
            self.paragraphs += 1
            self.blocks.append(Paragraph(text, f"p{self.paragraphs}"))

    def table(self, node: LexborNode) -> None:
        self.end_paragraph()
        self.tables += 1
        table = read_table(node, f"t{self.tables}")
        if table.cells:
            self.blocks.append(table)
        else:
            self.tables -= 1


def read_blocks(root: LexborNode) -> tuple[Block, ...]:
    """Return the blocks below a node, in reading order."""
    blocks = _Blocks()
    for node, entering in _walk(root):
        if node.is_text_node:
            blocks.text.append(node.text_content or "")
        elif node.tag in _BLOCK:
            blocks.end_paragraph()
            if entering and _is_leaf_table(node):
                blocks.table(node)
    blocks.end_paragraph()
    return tuple(blocks.blocks)


def drop_hidden(tree: LexborHTMLParser) -> None:
    """Take out what a reader of the page does not see; a hidden digit would join the one beside it."""
    silent = ", ".join(sorted(_SILENT - {"head", "title"}))
    for node in tree.css(f"body :is({silent})") or []:
        node.decompose()
    for node in tree.css("[hidden], [style*=none], [style*=hidden]"):
        if "hidden" in node.attributes or has_style(node, "display:none", "visibility:hidden"):
            node.decompose()


def _is_leaf_table(node: LexborNode) -> bool:
    return node.tag == "table" and not is_layout(node)


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Yield each node on entering and each element on leaving; no recursion, pages nest deeply."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        if node.tag in _SILENT:
            continue
        yield node, entering
        if not entering or node.is_text_node:
            continue
        stack.append((node, False))
        if not _is_leaf_table(node):
            stack.extend((child, True) for child in reversed(list(node.iter(include_text=True))))
