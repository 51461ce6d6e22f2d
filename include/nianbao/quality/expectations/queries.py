"""The SQL that the expectations run over the staging warehouse.

`{batch}` is what Great Expectations puts its data asset in for; without it in a query, a warning
is printed on every load.
"""

import re

FAILED_CHECKS_ASSET = "check_results"
INTEGRITY_ASSET = "evaluated_rules"

_FAILED_CHECKS = """\
WITH failed AS (SELECT * FROM {batch})
SELECT r.organisation AS agency, r.report_year, r.scope, f.subject, f.subject_zh,
       f.observed, f.expected, coalesce(f.message_zh, f.note) AS note, f.blame, r.source_url,
       f.report_id
FROM failed AS f JOIN reports AS r ON r.report_id = f.report_id AND r.form = '%s'
WHERE f.rule_id = '%s'
ORDER BY r.report_year DESC, r.organisation, f.report_id, f.subject, f.observed"""

_OFFENDING = """\
WITH batch AS (SELECT * FROM {batch}),
offending AS (
%s
)
SELECT * FROM offending ORDER BY ALL"""

_BIND = re.compile(r"(?<![:\w\\]):(?=\w)")


def failed_checks_query(rule_id: str, form: str) -> str:
    """Return the query for a rule's failed checks on one form, with the reports they speak of."""
    names = (name.replace("'", "''") for name in (form, rule_id))
    return _FAILED_CHECKS % tuple(map(literal_sql, names))


def offending_rows_query(sql: str) -> str:
    """Return the query for the rows that an integrity rule finds."""
    return _OFFENDING % literal_sql(sql.rstrip("; \n"))


def literal_sql(sql: str) -> str:
    """Return SQL whose braces and colons come through as they are.

    Great Expectations formats a query with `str.format`, and SQLAlchemy's `text()` then takes
    `:name` for a parameter.
    """
    return _BIND.sub(r"\:", sql.replace("{", "{{").replace("}", "}}"))
