"""What stands around an article on a Hanweb site: meta tags, navigation, metadata table, footer."""

from dataclasses import dataclass
from html import escape

from nianbao.sample.wording import load_wording


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands."""

    site_name: str
    site_domain: str
    site_id_code: str
    index_number: str = ""


def article_page(
    *, title: str, organisation: str, published_on: str, charset: str, body: str, place: Place
) -> str:
    """Return a whole page with the article's body in `div#zoom`."""
    words = load_wording().site
    values = (place.index_number, organisation, published_on, title)
    rows = "".join(
        f"<td><b>{escape(name)}：</b></td><td>{escape(value)}</td>"
        for name, value in zip(words.metadata, values, strict=True)
    )
    date_line = words.date_line.format(date=published_on, organisation=escape(organisation))
    content = f"""<table class="xxgk_table" width="100%"><tr>{rows}</tr></table>
<div class="main-txt">
<h1 class="title">{escape(title)}</h1>
<div class="info">{date_line}<span id="hits"></span></div>
<div id="zoom">
<!--ZJEG_RSS.content.begin-->
{body}
<!--ZJEG_RSS.content.end-->
</div>
</div>"""
    return page(
        title=title, charset=charset, meta=_article_meta(title, published_on, organisation),
        content=content, place=place,
    )  # fmt: skip


def page(*, title: str, charset: str, meta: str, content: str, place: Place) -> str:
    """Return any page of the site: head, navigation, content, footer."""
    words = load_wording().site
    navigation = "".join(f'<li><a href="/">{name}</a></li>' for name in words.navigation)
    facts = {"portal": place.site_name, "site_id_code": place.site_id_code}
    footer = "".join(f"<td>{line.format(**facts)}</td>" for line in words.footer)
    return f"""<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{escape(title)}-{escape(place.site_name)}</title>
<meta name="SiteName" content="{escape(place.site_name)}">
<meta name="SiteDomain" content="{escape(place.site_domain)}">
<meta name="SiteIDCode" content="{place.site_id_code}">
<meta name="ColumnName" content="{words.column}">
<meta name="ColumnType" content="{words.column_type}">
{meta}<script src="/module/jslib/jquery/jquery.js"></script>
</head>
<body>
<div class="header"><ul class="nav">{navigation}</ul></div>
<div class="position">{words.position}</div>
{content}
<div class="footer"><table><tr>{footer}</tr></table><p>{words.produced_by}</p></div>
</body>
</html>
"""


def _article_meta(title: str, published_on: str, source: str) -> str:
    tags = {
        "ArticleTitle": title,
        "PubDate": f"{published_on} 09:30",
        "ContentSource": source,
    }
    return "".join(
        f'<meta name="{name}" content="{escape(text)}">\n' for name, text in tags.items()
    )
