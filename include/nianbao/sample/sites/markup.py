"""Pages of the sample sites: what stands around lists and articles, and each family's own marks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from nianbao.sample.render import body_html
from nianbao.sample.sites.places import Entry, Place, load_places

# As long as real pages have it: a page of less than a kilobyte is taken for a shell, rightly.
_CHROME = (
    "<style>"
    + "".join(
        f".{name}{{font:16px/1.75 SimSun,serif;margin:0 auto;width:1200px;color:#333}}"
        for name in ("top", "foot", "info", "list", "page", "position", "search", "share", "tabs")
    )
    + "</style>"
)


@dataclass(frozen=True, slots=True)
class Markup:
    """How one family's pages look."""

    container: str = '<div id="zoom">'
    """Opening tag around an article's body."""
    head: str = ""
    """Scripts and links in the head, which families are known by."""
    foot: str = ""
    """What stands behind the content."""
    charset: str = "utf-8"
    content_first: bool = False
    """`<meta content=… name=…>`, as some systems write it."""

    def encode(self, html: str) -> bytes:
        """Return a page as it is sent; what a page declares as gb2312 is GB18030."""
        return html.encode("gb18030" if self.charset == "gb2312" else self.charset)

    def page(
        self, place: Place, title: str, content: str, meta: Sequence[tuple[str, str]] = ()
    ) -> str:
        """Return a whole page."""
        words = load_places().words
        site = words.site_name.format(place=place.name)
        tags = [("SiteName", site), ("SiteIDCode", place.site_code), *meta]
        links = "".join(f'<li><a href="/">{name}</a></li>' for name in words.navigation)
        return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={self.charset}">
<title>{escape(title)}-{escape(site)}</title>
{"".join(self._meta(name, text) for name, text in tags)}{_CHROME}{self.head}</head>
<body><div class="top"><ul>{links}</ul></div>
{content}
<div class="foot">{words.footer.format(site=site, code=place.site_code)}</div>{self.foot}</body></html>
"""

    def column(self, place: Place, content: str) -> str:
        """Return a page of the column of annual reports."""
        name = load_places().words.column
        return self.page(place, name, content, [("ColumnName", name), ("ColumnType", name)])

    def article(self, place: Place, entry: Entry, body: str) -> str:
        """Return the page of an article with the national meta tags and the line below its title."""
        organisation = entry.report.organisation if entry.report else place.name
        info = load_places().words.info.format(date=entry.day, organisation=organisation)
        meta = [
            ("ColumnName", load_places().words.column), ("ArticleTitle", entry.title),
            ("PubDate", f"{entry.day} 09:30"), ("ContentSource", organisation),
        ]  # fmt: skip
        content = (
            f'<h1>{escape(entry.title)}</h1><div class="info">{info}</div>'
            f"\n{self.container}\n{body}\n</div>"
        )
        return self.page(place, entry.title, content, meta)

    def _meta(self, name: str, text: str) -> str:
        if self.content_first:
            return f'<meta content="{escape(text)}" name="{name}"/>\n'
        return f'<meta name="{name}" content="{escape(text)}">\n'


def report_body(entry: Entry) -> str:
    """Return what an article's container holds, where it is a report's or a notice's."""
    if entry.report:
        return body_html(entry.report)
    return f"<p>{load_places().words.paragraph}</p>" * 3


def collection_body(links: Iterable[tuple[str, str]]) -> str:
    """Return the body of a page of links to agencies' reports."""
    rows = "".join(
        f'<tr><td>{number}</td><td><a href="{href}">{escape(name)}</a></td></tr>'
        for number, (href, name) in enumerate(links, 1)
    )
    words = load_places().words
    return f"<p>{words.intro}</p><p>{words.paragraph}</p><table>{rows}</table>"


def list_items(rows: Iterable[tuple[str, str, str]], item: str = "") -> str:
    """Return list items for rows of address, title and day."""
    shape = item or '<li><a href="{href}" title="{title}">{title}</a><span>{day}</span></li>'
    return "\n".join(
        shape.format(href=href, title=escape(title), day=day) for href, title, day in rows
    )
