"""A report as a published web page: our own words in the look of a Hanweb article."""

from html import escape

from nianbao.forms import load_form
from nianbao.sample.chrome import Place, article_page
from nianbao.sample.content import Heading, Text, Title, parts_of, title_of
from nianbao.sample.errors import CUT_AFTER
from nianbao.sample.html_table import table_html
from nianbao.sample.layout import Grid
from nianbao.sample.report import SampleReport, Style


def page_bytes(report: SampleReport, place: Place, *, truncated: bool = False) -> bytes:
    """Return the page as served; a truncated one breaks off inside the table of applications."""
    html = page_html(report, place)
    if truncated:
        html = html[: html.index(_label_after_cut(report))]
    return html.encode(report.style.encoding)


def page_html(report: SampleReport, place: Place) -> str:
    """Return the page as text."""
    return article_page(
        title=title_of(report),
        organisation=report.organisation,
        published_on=report.published_on.isoformat(),
        charset="gb2312" if report.style.encoding == "gb18030" else report.style.encoding,
        body=body_html(report),
        place=place,
    )


def body_html(report: SampleReport) -> str:
    """Return what stands inside `div#zoom`."""
    return "\n".join(_part_html(part, report.style) for part in parts_of(report))


def _part_html(part: Title | Heading | Text | Grid, style: Style) -> str:
    match part:
        case Title(lines):
            return "\n".join(
                _paragraph(f"<strong>{escape(line)}</strong>", style, "center") for line in lines
            )
        case Heading(text):
            return _paragraph(f"<strong>{escape(text)}</strong>", style)
        case Text(text):
            return _paragraph(escape(text), style)
        case _:
            return table_html(part, style)


def _paragraph(content: str, style: Style, align: str = "left") -> str:
    if style.word:
        return (
            f'<p class="MsoNormal" align="{align}" style="mso-pagination:widow-orphan">'
            f'<span style="font-size:16.0pt;mso-bidi-font-size:12.0pt">{content}</span>'
            '<span lang="EN-US"><o:p></o:p></span></p>'
        )
    end = "" if style.unclosed else "</p>"
    return f'<p style="text-align: {align};">{content}{end}'


def _label_after_cut(report: SampleReport) -> str:
    rows = load_form(report.form).table("applications").rows
    last = next(i for i, row in enumerate(rows) if f"applications.{row.code}" == CUT_AFTER)
    return escape(rows[last + 1].zh)
