"""What one expectation came to, taken out of Great Expectations' result."""

from dataclasses import dataclass
from typing import Any

from great_expectations.core import ExpectationValidationResult

SEVERITY_ORDER = ("blocking", "error", "warning", "info")


@dataclass(frozen=True)
class RuleRecord:
    """One rule, with the number of rows that fail it."""

    rule_id: str
    title_zh: str
    title_en: str
    basis_zh: str
    basis_en: str
    severity: str
    sql: str
    failing: int = 0
    shown: int = 0
    """Rows kept in the result; fewer than `failing` where there are very many."""
    error: str = ""
    """Why it could not be evaluated; empty where it was."""

    @property
    def passed(self) -> bool:
        """True where it was evaluated and nothing failed."""
        return not self.error and self.failing == 0

    @property
    def order(self) -> tuple[int, int, str]:
        """Sort key: what failed first, by severity, then by name."""
        return (int(self.passed), SEVERITY_ORDER.index(self.severity), self.rule_id)


def record_from_meta(meta: dict[str, Any] | None, **outcome: Any) -> RuleRecord:
    """Return a record of the rule that an expectation's `meta` describes."""
    described = {key: str(value or "") for key, value in (meta or {}).items()}
    return RuleRecord(
        rule_id=described.get("rule_id", ""),
        title_zh=described.get("title_zh", ""),
        title_en=described.get("title_en", ""),
        basis_zh=described.get("basis_zh", ""),
        basis_en=described.get("basis_en", ""),
        severity=described.get("severity", "info"),
        sql=described.get("sql", ""),
        **outcome,
    )


def record_of(result: ExpectationValidationResult) -> RuleRecord:
    """Return the record of a validation result."""
    meta = result.expectation_config.meta if result.expectation_config else None
    observed = result.result.get("observed_value")
    if not isinstance(observed, int):
        return record_from_meta(meta, error=_reason(result.exception_info) or "not evaluated")
    rows = (result.result.get("details") or {}).get("unexpected_rows") or []
    return record_from_meta(meta, failing=observed, shown=len(rows))


def failing_text(record: RuleRecord) -> str:
    """Return the number of failing rows in both languages."""
    if record.error:
        return "未能核验 not evaluated"
    if record.shown < record.failing:
        return (
            f"不通过 {record.failing} 条，显示前 {record.shown} 条 · "
            f"{record.failing} failing, showing {record.shown} of {record.failing}"
        )
    return f"不通过 {record.failing} 条 · {record.failing} failing"


def _reason(info: Any) -> str:
    """Return the first exception message; they are nested by metric when a metric failed."""
    if not isinstance(info, dict):
        return ""
    message = info.get("exception_message")
    if message:
        return str(message).splitlines()[0]
    nested = (_reason(value) for value in info.values())
    return next((reason for reason in nested if reason), "")
