"""Markdown to `Document`: made into HTML by markdown-it, then read as an article is.

Two things are done before that. Pipe tables are cut into cells here, since the standard pads short rows
and drops what is beyond the header, and either moves numbers into other columns. And no sign that
Markdown takes as markup may vanish from between two digits: `1*2*3` is not 123.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from nianbao.documents.html.blocks import read_blocks
from nianbao.documents.html.parse import parse_page
from nianbao.errors import ReadError
from nianbao.model import Document

_MOST_CHARACTERS = 1_000_000
"""Fifty times a long report."""

_MOST_COLUMNS = 200
_DELIMITERS = re.compile(r"^[ >]*\|?[ \t]*:?-+:?[ \t]*(\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S")
_BOLD_LINE = re.compile(r"^ {0,3}(\*\*|__)[^*_]+\1\s*$")
_PAGE = re.compile(r"\s*<(!doctype|\?xml|html|head|body)\b", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_EMPHASIS = frozenset(["em_open", "em_close", "strong_open", "strong_close"])
_STRUCK = {"s_open": "[", "s_close": "]"}
PICTURE = "\ufffc"
"""Stands for a picture in a cell; a number may be drawn in it."""


def looks_like_markdown(text: str) -> bool:
    """Tell Markdown from the plain text that Word exports, in which each table cell begins with a tab.

    A pipe table decides; headings and lines in bold do so only where no line begins with a tab.
    """
    if _PAGE.match(text):
        return False
    if has_pipe_table(text):
        return True
    lines = text.splitlines()
    if any(line.startswith("\t") for line in lines):
        return False
    return any(_HEADING.match(line) or _BOLD_LINE.match(line) for line in lines)


def begins_with_heading(text: str) -> bool:
    """Tell whether a heading stands before the first tag, as where only the tables are HTML."""
    before, _, _ = text.partition("<")
    return any(_HEADING.match(line) for line in before.splitlines())


def has_pipe_table(text: str) -> bool:
    """Tell whether somewhere a line of dashes and pipes stands below a line with pipes."""
    lines = text.splitlines()
    return any(_is_table_at(lines, index) for index in range(1, len(lines)))


def read_markdown(text: str) -> Document:
    """Read a text in Markdown, HTML inside it included; raises `ReadError("over_limit")`."""
    if len(text) > _MOST_CHARACTERS:
        raise ReadError("over_limit", f"a text of more than {_MOST_CHARACTERS} characters")
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True})
    # Paragraphs indented by spaces are no listings, and tables are cut into cells here.
    parser.enable(["table", "strikethrough"]).disable("code")
    tokens = parser.parse(text.removeprefix("\ufeff"))
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    kept = list(_with_item_marks(_with_own_tables(tokens, lines, parser)))
    for token in kept:
        _keep_apart(token.children or [])
    html = parser.renderer.render(kept, parser.options, {})
    body = parse_page(f"<body>{html}").body
    return Document(
        read_blocks(body, body.css("table")) if body is not None else (), reader="markdown"
    )


def _is_table_at(lines: Sequence[str], index: int) -> bool:
    """Tell whether a line parts a table's header from its rows."""
    line = lines[index]
    return "|" in line and "|" in lines[index - 1] and _DELIMITERS.match(line) is not None


def _with_own_tables(
    tokens: Sequence[Token], lines: Sequence[str], parser: MarkdownIt
) -> Iterator[Token]:
    """Yield the tokens, with each table replaced by its HTML."""
    inside = False
    for token in tokens:
        if token.type == "table_open" and token.map:
            inside = True
            yield Token("html_block", "", 0, content=_table(lines[slice(*token.map)], parser))
        if not inside:
            yield token
        if token.type == "table_close":
            inside = False


def _table(lines: Sequence[str], parser: MarkdownIt) -> str:
    """Return a pipe table as HTML, each row with just the cells that its line has."""
    rows = [line for index, line in enumerate(lines) if index != 1 and line.strip(" >\t")]
    return f"<table>{''.join(_row(line, parser) for line in rows)}</table>"


def _row(line: str, parser: MarkdownIt) -> str:
    inner = line.strip().lstrip(">").strip().removeprefix("|")
    ends = inner.endswith("|") and not inner.endswith("\\|")
    cells = _PIPE.split(inner.removesuffix("|") if ends else inner)
    if len(cells) > _MOST_COLUMNS:
        raise ReadError("over_limit", f"a table row of more than {_MOST_COLUMNS} cells")
    return f"<tr>{''.join(f'<td>{_cell(cell, parser)}</td>' for cell in cells)}</tr>"


def _cell(text: str, parser: MarkdownIt) -> str:
    tokens = parser.parseInline(text.replace("\\|", "|").strip())
    for child in (child for token in tokens for child in token.children or []):
        if child.type == "image":
            _make_text(child, PICTURE)
    for token in tokens:
        _keep_apart(token.children or [])
    return str(parser.renderer.render(tokens, parser.options, {}))


def _keep_apart(tokens: list[Token]) -> None:
    """Print the signs of emphasis between two digits, and put what is struck out in brackets."""
    before, follows = "", _next_signs(tokens)
    for token, after in zip(tokens, follows, strict=True):
        if token.type in _STRUCK:
            _make_text(token, _STRUCK[token.type])
        elif token.type in _EMPHASIS and before.isdigit() and after.isdigit():
            _make_text(token, token.markup)
        else:
            before = token.content[-1:] or before


def _next_signs(tokens: list[Token]) -> list[str]:
    """Return for each token the first sign of the text behind it."""
    signs, sign = [], ""
    for token in reversed(tokens):
        signs.append(sign)
        sign = token.content[:1] or sign
    return signs[::-1]


def _make_text(token: Token, text: str) -> None:
    token.type, token.tag, token.nesting, token.content = "text", "", 0, text
    token.children = None


def _with_item_marks(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens with the printed number of each list item before its text."""
    mark = ""
    for token in tokens:
        if token.type == "list_item_open":
            yield token
            mark = f"{token.info}{token.markup} " if token.info else ""
            continue
        if mark and token.type == "inline" and token.children is not None:
            token.children.insert(0, Token("text", "", 0, content=mark))
            mark = ""
        elif mark and token.type != "paragraph_open":
            yield Token("html_block", "", 0, content=mark)
            mark = ""
        yield token
