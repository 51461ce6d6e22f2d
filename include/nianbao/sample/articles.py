"""What a sample portal publishes: its articles, each with its place on the site and on the list."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from nianbao.sample.chrome import Place, article_page
from nianbao.sample.content import title_of
from nianbao.sample.errors import (
    OtherPage,
    Trouble,
    corrected_report,
    load_mistakes,
    printed_reports,
)
from nianbao.sample.other_pages import other_page_body
from nianbao.sample.render import page_bytes
from nianbao.sample.report import SampleReport
from nianbao.sample.roster import SamplePortal, load_roster


@dataclass(frozen=True)
class Article:
    """One page of the column; `report` is absent where the page holds none."""

    portal: SamplePortal
    number: int
    title: str
    published_on: date
    report: SampleReport | None = None
    other: OtherPage | None = None
    trouble: Trouble | None = None

    @property
    def path(self) -> str:
        """Its path, as Hanweb makes it: months and days without leading zeros."""
        day = self.published_on
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.portal.column}_{self.number}.html"


@cache
def articles_of(portal: SamplePortal) -> tuple[Article, ...]:
    """Return a portal's articles, newest first, as its list shows them."""
    mistakes = load_mistakes()
    found: list[tuple[str, date, SampleReport | None, OtherPage | None, Trouble | None]] = []
    for report in printed_reports():
        if load_roster().portal_of(report.organisation) == portal.id:
            trouble = mistakes.trouble_of(report)
            copies = 2 if trouble == "duplicate" else 1
            found += [(title_of(report), report.published_on, report, None, trouble)] * copies
    for page in mistakes.other_pages:
        if page.portal == portal.id:
            found.append((page.title, page.published_on, None, page, None))
    found.sort(key=lambda entry: (entry[1], entry[0]))
    numbered = [
        Article(portal, portal.column * 1000 + number, *entry)
        for number, entry in enumerate(found, 1)
    ]
    return tuple(reversed(numbered))


def article_bytes(article: Article, domain: str, *, corrected: bool = False) -> bytes:
    """Return the page of an article; `corrected` serves the report without its mistake."""
    place = place_of(article.portal, domain, article.number)
    if article.report:
        report = corrected_report(article.report) if corrected else article.report
        return page_bytes(report, place, truncated=article.trouble == "truncated")
    listed = [one for one in articles_of(article.portal) if one.report]
    links = [(one.path, one.report.organisation) for one in listed if one.report]
    html = article_page(
        title=article.title,
        organisation=article.portal.name,
        published_on=article.published_on.isoformat(),
        charset="utf-8",
        body=other_page_body(article.other, links) if article.other else "",
        place=place,
    )
    return html.encode()


def place_of(portal: SamplePortal, domain: str, number: int = 0) -> Place:
    """Return where a page of the portal stands."""
    index = f"{portal.site_id_code}/{number}" if number else ""
    return Place(portal.name, domain, portal.site_id_code, index)
