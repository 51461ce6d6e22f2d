"""A table as HTML: most of what a page holds, so it is joined here and not in a template."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape as escape_html

from markupsafe import Markup

from nianbao.site.figure import Cell, Line, Table

escape = lru_cache(1 << 16)(escape_html)
"""Escaped text; the same words and numbers come back page after page."""


def table_html(table: Table, root: str, name: str = "") -> Markup:
    """Return a table that can be scrolled sideways, with the reasons for its gaps below it."""
    parts = [
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(name)}"><table>\n<thead>',
        *_head(table),
        "</thead>\n<tbody>\n",
        *(_line(line, table, root) for line in table.lines),
        "</tbody></table></div>\n",
        *_reasons(table),
    ]
    return Markup("".join(parts))  # noqa: S704 - every value is escaped here


def _head(table: Table) -> Iterator[str]:
    if len(table.groups) > 1:
        groups = (
            f'<th colspan="{span}"{_class(css)}>{escape(label)}</th>'
            for label, span, css in table.groups
        )
        yield f'<tr class="forms"><td></td>{"".join(groups)}</tr>\n'
    columns = (
        f'<th scope="col" data-k="{escape(one.key)}"{_class(one.css)}>{escape(one.label)}</th>'
        for one in table.columns
    )
    yield f'<tr><th scope="col">{escape(table.corner)}</th>{"".join(columns)}</tr>'


def _line(line: Line, table: Table, root: str) -> str:
    label = escape(line.label)
    if line.href:
        label = f'<a href="{root}{escape(line.href)}">{label}</a>'
    cells = "".join(_cell(cell, table) for cell in line.cells)
    key = f' data-k="{escape(line.key)}"' if line.key else ""
    return f'<tr{_class(line.css)}><th scope="row"{key}>{label}</th>{cells}</tr>\n'


def _cell(cell: Cell, table: Table) -> str:
    value = "" if cell.value is None else f' data-v="{cell.value:.15g}"'
    shown = escape(cell.text)
    if cell.mark:
        shown = f'{shown}<b class="break">{cell.mark}</b>'
    if cell.why:
        shown += f'<sup title="{escape(cell.why)}">{table.reasons[cell.why]}</sup>'
    if cell.bar:
        shown += f'<i class="bar" style="background:{cell.bar}" title="{escape(cell.small)}"></i>'
    elif cell.small:
        shown += f"<small>{escape(cell.small)}</small>"
    return f"<td{_class(cell.css)}{value}>{shown}</td>"


def _reasons(table: Table) -> Iterator[str]:
    if table.reasons:
        told = (
            f"<span><sup>{letter}</sup> {escape(why)}</span> "
            for why, letter in table.reasons.items()
        )
        yield f'<p class="reasons">{"".join(told)}</p>\n'


def _class(css: str) -> str:
    return f' class="{css}"' if css else ""
