"""The nodes of an article as blocks: text between block elements is a paragraph, a leaf table a table."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from nianbao.documents.html.hidden import SILENT
from nianbao.documents.html.pages import PAGES
from nianbao.documents.html.table import read_table
from nianbao.model import Block, Paragraph

_BLOCK = frozenset(PAGES["blocks"])


@dataclass
class _Blocks:
    paths: bool
    blocks: list[Block] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    layout: frozenset[int] = frozenset()
    """Tables that hold tables, and only arrange the page."""

    def end_paragraph(self) -> None:
        if not self.text:
            return
        text = " ".join("".join(self.text).split())
        self.text.clear()
        if text:
            self.paragraphs += 1
            self.blocks.append(Paragraph(text, f"p{self.paragraphs}"))

    def table(self, node: LexborNode) -> bool:
        """Add a table; False where it only arranges the page and is to be walked through."""
        if node.mem_id in self.layout:
            return False
        table = read_table(node, f"t{self.tables + 1}", paths=self.paths)
        if table is None:
            return False
        self.tables += 1
        self.blocks.append(table)
        return True


def read_blocks(
    root: LexborNode, tables: Iterable[LexborNode], *, paths: bool = False
) -> tuple[Block, ...]:
    """Return the blocks below a node, in reading order; no recursion, pages nest deeply.

    `tables` are those of the page, from the outer to the inner ones.
    `paths` gives the cells their CSS paths: only where the tree is the page as archived.
    """
    blocks = _Blocks(paths, layout=_layout_tables(tables))
    todo: list[LexborNode | None] = [root]
    while todo:
        node = todo.pop()
        if node is None:  # a block ends here
            blocks.end_paragraph()
        elif node.is_text_node:
            blocks.text.append(node.text_content or "")
        elif node.tag not in SILENT:
            todo.extend(_enter(node, blocks))
    blocks.end_paragraph()
    return tuple(blocks.blocks)


def _layout_tables(tables: Iterable[LexborNode]) -> frozenset[int]:
    """Return the tables that hold other tables; each looks up to the next one, and no way is gone twice."""
    found = set()
    seen: set[int] = set()
    for table in tables:
        above = table.parent
        while above is not None and above.mem_id not in seen:
            seen.add(above.mem_id)
            if above.tag == "table":
                found.add(above.mem_id)
                break
            above = above.parent
    return frozenset(found)


def _enter(node: LexborNode, blocks: _Blocks) -> list[LexborNode | None]:
    """Return what is still to be read of a node, last things first; `None` for the end of a block."""
    is_block = node.tag in _BLOCK
    if is_block:
        blocks.end_paragraph()
    if node.tag == "table" and blocks.table(node):
        return []
    below: list[LexborNode | None] = list(node.iter(include_text=True))
    if is_block:
        below.append(None)
    below.reverse()
    return below
