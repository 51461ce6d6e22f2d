"""The pages of the Data Docs: readable in both languages, in the style of the reports above them.

They lie in a folder of the expectation reports, whose styles and script they share and to whose pages
they lead up; nothing is asked of the network. `great_expectations.yml` names these classes. A renderer
takes what Great Expectations stores and makes a `Page` of plain values; the view fills a template with
it, escaping all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from great_expectations.core import (
    ExpectationSuite,
    ExpectationSuiteValidationResult,
    ExpectationValidationResult,
)
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext
from great_expectations.expectations.registry import get_renderer_impl
from great_expectations.render.components import LegacyDiagnosticRendererType
from great_expectations.render.renderer.renderer import Renderer
from great_expectations.render.view.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, FileSystemLoader

from nianbao.quality.expectations.addresses import results_address
from nianbao.quality.expectations.records import (
    RuleRecord,
    failing_text,
    record_from_meta,
    record_of,
)
from nianbao.quality.expectations.suites import WAREHOUSE_INTEGRITY
from nianbao.quality.expectations.words import ASSETS, Word, word

POLICY = (
    "default-src 'none'; img-src data:; script-src 'self' file:; "
    "style-src 'self' file: 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
"""A page may load what lies beside it, from a disk or a host, and run no script within itself."""

_BEIJING = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Entry:
    """One rule on a page, with the table of what fails it where there is one."""

    record: RuleRecord
    table: dict[str, Any] | None = None

    @property
    def anchor(self) -> str:
        """Name by which a link finds the rule on its page."""
        return f"rule-{self.record.rule_id}"

    @property
    def severity(self) -> Word:
        """The severity in both languages."""
        return word("severities", self.record.severity)

    @property
    def outcome(self) -> str:
        """The number of failing rows in both languages."""
        return failing_text(self.record)


@dataclass(frozen=True)
class Page:
    """Everything that a template needs to know."""

    template: str
    suite: str = ""
    root: str = ""
    """The way up to the index, as a relative address."""
    run_name: str = ""
    run_time: str = ""
    entries: tuple[Entry, ...] = ()
    results: tuple["Page", ...] = ()
    """On the index: one page of results per suite."""
    address: str = ""
    """Where the index finds this page."""

    @property
    def up(self) -> str:
        """The way up to the reports above."""
        return f"{self.root}../"

    @property
    def blocks(self) -> bool:
        """True for the suite whose failures hold a build back."""
        return self.suite == WAREHOUSE_INTEGRITY

    @property
    def title(self) -> Word:
        """Name of the suite in both languages."""
        return word("suites", self.suite)

    @property
    def note(self) -> Word:
        """What a failure in this suite means."""
        return word("notes", self.suite)

    @property
    def failing(self) -> tuple[Entry, ...]:
        """The rules that something fails, or that could not be evaluated."""
        return tuple(entry for entry in self.entries if not entry.record.passed)

    @property
    def rows(self) -> int:
        """Failing rows of all rules together."""
        return sum(entry.record.failing for entry in self.entries)


class ResultsRenderer(Renderer):
    """Makes the page of one suite's results: a summary, then a section per failing rule."""

    def render(self, result: ExpectationSuiteValidationResult) -> Page:
        """Return the page."""
        return _results_page(result, root="../", tables=True)


class SuiteRenderer(Renderer):
    """Makes the page that lists a suite's rules with their basis and SQL."""

    def render(self, suite: ExpectationSuite) -> Page:
        """Return the page."""
        entries = (Entry(record_from_meta(one.meta)) for one in suite.expectations)
        return Page(
            template="suite.html",
            suite=suite.name,
            root="../",
            entries=tuple(sorted(entries, key=lambda entry: entry.record.order)),
        )


class IndexRenderer(Renderer):
    """Makes the first page: the state of each suite, and the rules that something fails."""

    def __init__(self, data_context: AbstractDataContext) -> None:
        """Keep the context, which knows the results behind the links."""
        super().__init__()
        self._context = data_context

    def render(self, index_links_dict: Mapping[str, Any]) -> Page:
        """Return the page for the links that the site builder has collected."""
        links = index_links_dict.get("validations_links", [])
        pages = [self._linked(link) for link in links]
        results = sorted((page for page in pages if page), key=lambda page: page.suite)
        return Page(template="index.html", results=tuple(results))

    def _linked(self, link: Mapping[str, Any]) -> Page | None:
        # Declared otherwise, it returns an empty dictionary where there is no such result.
        result: object = self._context.get_validation_result(
            expectation_suite_name=link["expectation_suite_name"],
            run_id=link["run_id"],
            batch_identifier=link["batch_identifier"],
        )
        if not isinstance(result, ExpectationSuiteValidationResult):
            return None
        return _results_page(result, root="", address=results_address(result.suite_name))


class OfflineView(DefaultJinjaPageView):
    """Fills our templates."""

    def __init__(
        self,
        custom_styles_directory: str | None = None,
        custom_views_directory: str | None = None,
    ) -> None:
        """Put our templates before the package's, among them the one for tables."""
        super().__init__(custom_styles_directory, custom_views_directory)
        own = FileSystemLoader(ASSETS / "templates")
        self.env.loader = ChoiceLoader([own, *filter(None, [self.env.loader])])
        self.env.trim_blocks = self.env.lstrip_blocks = True
        self.env.globals["policy"] = POLICY

    def render(self, document: Page, template: str | None = None, **_: Any) -> str:
        """Return the page as HTML."""
        filled: str = self._get_template(template or document.template).render(page=document)
        return filled

    def render_string_template(self, template: Any) -> Any:
        """Return what the package makes of a template, without its indentation."""
        rendered = super().render_string_template(template)  # type: ignore[no-untyped-call]
        return " ".join(rendered.split()) if isinstance(rendered, str) else rendered


def _results_page(
    result: ExpectationSuiteValidationResult, root: str, address: str = "", *, tables: bool = False
) -> Page:
    run_id = _run_id(result.meta["run_id"])
    entries = (Entry(record_of(one), _table(one) if tables else None) for one in result.results)
    return Page(
        template="results.html",
        suite=result.suite_name,
        root=root,
        run_name=str(run_id.run_name or ""),
        run_time=_local_time(run_id.run_time),
        entries=tuple(sorted(entries, key=lambda entry: entry.record.order)),
        address=address,
    )


def _table(result: ExpectationValidationResult) -> dict[str, Any] | None:
    """Return the table that the expectation's own renderer makes of its rows."""
    config = result.expectation_config
    found = config and get_renderer_impl(config.type, LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    rendered: Any = found[1](result=result) if found else None
    return rendered[0].to_json_dict() if rendered else None


def _run_id(stored: RunIdentifier | Mapping[str, Any]) -> RunIdentifier:
    """Return what names the run; a result that comes from the store has it as a mapping."""
    return stored if isinstance(stored, RunIdentifier) else RunIdentifier(**stored)


def _local_time(moment: datetime) -> str:
    """Return a time as reviewers read clocks."""
    return f"{moment.astimezone(_BEIJING):%Y-%m-%d %H:%M} 北京时间 UTC+8"
