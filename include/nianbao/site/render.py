"""Pages made into HTML; every value is escaped, and the policy of each page forbids any request."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nianbao.site.addresses import root_of
from nianbao.site.coverage_figures import STATUSES
from nianbao.site.pages import Page
from nianbao.site.table_html import table_html
from nianbao.site.words import LANGUAGES, Words, words_of

HERE = Path(__file__).parent
NAVIGATION = (
    ("overview", "index.html"),
    ("search", "search.html"),
    ("places", "places.html"),
    ("sql", "sql.html"),
    ("notes", "notes.html"),
)
POLICY = (
    "default-src 'none'; img-src data:; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
"""A page may load what lies beside it, from a disk or a host, and nothing else."""


@dataclass(frozen=True)
class Renderer:
    """Fills the templates in one language."""

    words: Words
    version: str
    navigation: Sequence[tuple[str, str]] = NAVIGATION
    other: Words | None = None
    """The words of the other language, where they are not the public site's."""

    def html(self, page: Page) -> str:
        """Return a page's HTML."""
        root = root_of(page.address)
        other = next(one for one in LANGUAGES if one != self.words.language)
        return (
            _environment()
            .get_template(page.template)
            .render(
                page=page,
                w=self.words,
                other=self.other or words_of(other),
                root=root,
                top=root + "../",
                nav=self.navigation,
                statuses=STATUSES,
                version=self.version,
                policy=POLICY,
            )
        )


def start_page(template: str = "start.html") -> str:
    """Return the page that leads from the top of the site to the Chinese tree."""
    return _environment().get_template(template).render(start="index.html", policy=POLICY)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals["table_html"] = table_html
    return environment
