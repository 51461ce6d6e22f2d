"""Bodies of pages that look like reports on a list and are none."""

from collections.abc import Sequence
from html import escape

from nianbao.sample.errors import OtherPage
from nianbao.sample.wording import load_wording


def other_page_body(page: OtherPage, links: Sequence[tuple[str, str]]) -> str:
    """Return a notice, or a table of links (path, name) to the agencies' reports."""
    words = load_wording().site
    if page.kind == "notice":
        return "\n".join(f"<p>{escape(line)}</p>" for line in words.notice)
    rows = "".join(
        f'<tr><td>{number}</td><td><a href="{path}">{escape(name)}</a></td></tr>'
        for number, (path, name) in enumerate(links, 1)
    )
    return f"<p>{words.index_intro}</p>\n<table>{rows}</table>"
