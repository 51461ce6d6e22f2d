"""The two expectations: no failed check of one rule, and no row that should not be there.

Both are queries that return what is wrong. Their `meta` says what they are about: `rule_id`,
`title_zh`, `title_en`, `basis_zh`, `basis_en`, `severity`, `sql`. Great Expectations finds them by
their class names in snake case, and only after this module has been imported.
"""

from collections.abc import Sequence
from typing import Any

from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.core.unexpected_rows_expectation import (
    UnexpectedRowsExpectation,
)
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.render.components import (
    CollapseContent,
    LegacyDiagnosticRendererType,
    LegacyRendererType,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.renderer import renderer

from nianbao.quality.expectations.cells import Row, failed_checks_table, rows_table
from nianbao.quality.expectations.records import failing_text, record_of

ROWS_SHOWN = 200
"""Great Expectations keeps no more rows of a query; the count is always the full one."""


class ExpectNoRows(UnexpectedRowsExpectation):
    """Expect a query over the warehouse to return no rows."""

    @classmethod
    def table_of(cls, rows: Sequence[Row]) -> RenderedTableContent:
        """Return the offending rows as a table."""
        return rows_table(rows)

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)
    def _prescriptive_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[RenderedStringTemplateContent]:
        meta = configuration.meta if configuration and configuration.meta else {}
        params = {key: meta.get(key, "") for key in ("title_zh", "title_en", "rule_id")}
        template = {"template": "$title_zh $title_en ($rule_id)", "params": params}
        return [
            RenderedStringTemplateContent(
                content_block_type="string_template", string_template=template
            )
        ]

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> str:
        return failing_text(record_of(result)) if result else ""

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.UNEXPECTED_TABLE)
    def _diagnostic_unexpected_table_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
        **_: Any,
    ) -> list[RenderedTableContent | CollapseContent] | None:
        details = (result.result if result else {}).get("details") or {}
        rows = (details.get("unexpected_rows") or [])[:ROWS_SHOWN]
        return [cls.table_of(rows)] if rows else None


class ExpectNoFailedChecks(ExpectNoRows):
    """Expect no report to fail one rule."""

    @classmethod
    def table_of(cls, rows: Sequence[Row]) -> RenderedTableContent:
        """Return the failed checks as reviewers read them."""
        return failed_checks_table(rows)
