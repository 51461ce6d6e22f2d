"""Reports printed to PDF by a real browser, in the layouts that publishers use."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hypothesis import strategies as st
from playwright.sync_api import Page

from nianbao.sample.render import body_html
from nianbao.sample.report import SampleReport
from support.browser import browser

BORDERS = {
    "solid": "td,th{border:1px solid #000}",
    "thick": "td,th{border:1px solid #000}table{border:3px double #000}",
    "dotted": "td,th{border:1px dotted #333}",
    "separate": "table{border-collapse:separate!important;border-spacing:1px}td,th{border:1px solid #000}",
    "open_sides": "td,th{border:1px solid #000}td:first-child{border-left:none}",
    "shaded": "td,th{border:1px solid #000}tr:nth-child(2n) td{background:#ddd}",
}


UNRULED = {
    "none": "td,th{border:none}",
    "none, centred": "td,th{border:none;text-align:center}",
    "none, right": "td,th{border:none;text-align:right}",
    "none, top": "td,th{border:none;vertical-align:top}",
}
"""No line is drawn: what stands in columns is a table."""


@dataclass(frozen=True)
class PrintStyle:
    """How a report is set on paper."""

    borders: str = "solid"
    format: str = "A4"
    landscape: bool = False
    font: float = 12
    padding: float = 2
    margin: float = 40
    header: bool = False
    indent: bool = False
    repeated_head: bool = False
    """The head of a table stands again on each page."""
    breakable: bool = True
    """Rows may be cut by the end of a page."""


def styles() -> st.SearchStrategy[PrintStyle]:
    """Return the layouts in which a whole report is legible; a header is not printed over its text."""
    return st.builds(
        PrintStyle,
        borders=st.sampled_from(sorted(BORDERS)),
        format=st.sampled_from(["A3", "A4", "A5", "Letter", "Legal"]),
        landscape=st.booleans(),
        font=st.sampled_from([7.0, 9.0, 10.5, 12.0, 14.0, 16.0, 20.0]),
        padding=st.sampled_from([0.0, 2.0, 4.0, 8.0]),
        margin=st.sampled_from([40.0, 55.0, 70.0, 100.0]),
        header=st.booleans(),
        indent=st.booleans(),
        repeated_head=st.booleans(),
        breakable=st.booleans(),
    )


class Printer:
    """A browser's tab that prints."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def pdf(self, html: str, style: PrintStyle = PrintStyle()) -> bytes:
        """Return the page as PDF."""
        self._page.set_content(f"<html><head>{_css(style)}</head><body>{html}</body></html>")
        margin = f"{style.margin}px"
        return self._page.pdf(
            format=style.format,
            landscape=style.landscape,
            display_header_footer=style.header,
            header_template='<span style="font-size:9px;margin-left:20px">年度报告 样例</span>',
            footer_template='<div style="font-size:9px;width:100%;text-align:center">'
            '— <span class="pageNumber"></span> —</div>',
            margin={"top": margin, "bottom": margin, "left": margin, "right": margin},
            print_background=True,
        )

    def report(self, report: SampleReport, style: PrintStyle = PrintStyle()) -> bytes:
        """Return a sample report as PDF."""
        html = body_html(report)
        if style.repeated_head:
            html = _with_heads(html)
        return self.pdf(html, style)


@contextmanager
def printer() -> Iterator[Printer]:
    """Start the browser."""
    with browser() as opened:
        yield Printer(opened.page)


def _css(style: PrintStyle) -> str:
    indent = "p{text-indent:2em}" if style.indent else ""
    whole = "" if style.breakable else "tr{break-inside:avoid}"
    return (
        "<meta charset=utf-8><style>"
        "table{border-collapse:collapse;width:100%}"
        f"{(BORDERS | UNRULED)[style.borders]}td,th{{padding:{style.padding}px;font-size:{style.font}px}}"
        f"body{{font-size:{style.font + 4}px}}{indent}td p,th p{{text-indent:0;margin:0}}{whole}</style>"
    )


def _with_heads(html: str) -> str:
    """Make the three head rows of the table of applications a head that repeats."""
    parts = html.split("<tbody>")
    return "<tbody>".join(_headed(part) for part in parts)


def _headed(part: str) -> str:
    rows = part.split("<tr>")
    head = 4
    if "勾稽" not in part or len(rows) < head:
        return part
    return f"<thead>{'<tr>'.join(rows[:head])}</thead><tbody><tr>{'<tr>'.join(rows[head:])}"
