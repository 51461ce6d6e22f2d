"""A table as HTML: real spans, as clean or as untidy as the style asks."""

from html import escape
from itertools import groupby

from nianbao.sample.layout import Grid, Square
from nianbao.sample.report import Style

_WORD_TABLE = (
    'class="MsoNormalTable" border="0" cellspacing="0"'
    ' style="border-collapse:collapse;mso-yfti-tbllook:1184"'
)
_PLAIN_TABLE = 'border="1" cellpadding="0" cellspacing="0" width="100%"'


def table_html(grid: Grid, style: Style) -> str:
    """Return the table; in HTML a merged cell is written once, in the row where it begins."""
    squares = sorted(grid, key=lambda square: (square.row, square.column))
    rows = groupby(squares, key=lambda square: square.row)
    body = "\n".join(_row(list(row), style) for _, row in rows)
    attributes = _WORD_TABLE if style.word else _PLAIN_TABLE
    return f"<table {attributes}><tbody>\n{body}\n</tbody></table>"


def _row(squares: list[Square], style: Style) -> str:
    end = "" if style.unclosed else "</tr>"
    return "<tr>" + "".join(_cell(square, style) for square in squares) + end


def _cell(square: Square, style: Style) -> str:
    tag = "th" if style.header_cells and square.code is None else "td"
    spans = "".join(
        f' {name}="{size}"'
        for name, size in (("rowspan", square.row_span), ("colspan", square.column_span))
        if size > 1
    )
    end = "" if style.unclosed else f"</{tag}>"
    return f"<{tag}{spans}>{_content(square.text, style)}{end}"


def _content(text: str, style: Style) -> str:
    if not style.word:
        return _escaped(text)
    if not text.strip():
        return '<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p>'
    lang = ' lang="EN-US"' if text.strip().isascii() else ""
    return (
        '<p class="MsoNormal" align="center" style="mso-line-height-rule:exactly">'
        f'<span{lang} style="font-size:10.5pt;mso-font-kerning:0pt">{_escaped(text)}</span>'
        '<span lang="EN-US"><o:p></o:p></span></p>'
    )


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>").replace("\u00a0", "&nbsp;")
