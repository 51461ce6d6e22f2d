"""A synthetic warehouse with what the expectation reports read, of any size, with verdicts or without."""

from pathlib import Path

import duckdb

from support.site_warehouse import write_site_warehouse

_RULES = """
ALTER TABLE check_rules ADD COLUMN rule_version SMALLINT DEFAULT 1;
ALTER TABLE check_rules ADD COLUMN theme VARCHAR;
ALTER TABLE check_rules ADD COLUMN forms VARCHAR[];
ALTER TABLE check_rules ADD COLUMN sql VARCHAR DEFAULT 'SELECT 1';
UPDATE check_rules SET forms = ['2019', '2021'], theme = CASE rule_id
    WHEN 'applications_results_sum' THEN 'applications' WHEN 'carry_over_total' THEN 'years' ELSE 'zeros' END;
"""
_COUNTS = """
CREATE OR REPLACE TABLE check_counts AS
SELECT c.* REPLACE ((c.failed * {times})::INTEGER AS failed), r.form, r.report_year, 0 AS blanks_as_zero
FROM check_counts c JOIN reports r USING (report_id);
CREATE OR REPLACE TABLE check_reports AS
SELECT k.* REPLACE ((errors * {times})::INTEGER AS errors, (warnings * {times})::INTEGER AS warnings,
    (infos * {times})::INTEGER AS infos), 40 AS passed, 0 AS blanks_as_zero FROM check_reports k;
CREATE OR REPLACE TABLE check_results AS
SELECT c.* REPLACE (c.subject || n AS subject, {state} AS state), md5(report_id || rule_id || n) AS item_key,
    {state} AS state_reason, NULL::VARCHAR AS state_by, NULL::TIMESTAMP AS state_at
FROM check_results c CROSS JOIN range({times}) t(n);
CREATE TABLE check_hints AS
SELECT report_id, 'one_cell' AS kind, '只改一格，各项勾稽即全部成立：由 3 改为 5' AS hint_zh,
    'One change would make every identity hold: from 3 to 5' AS hint_en
FROM check_reports WHERE errors > 0;
"""
_HISTORY = """
CREATE TABLE verdict_history AS
SELECT md5(report_id) AS item_key, step, org_id, report_year, scope, 'applications_results_sum' AS rule_id,
    '《表三》“（七）总计”·总计：填报 3，应为 5' AS finding, ['returned', 'corrected'][step] AS state,
    '办公室' AS responsible, DATE '2026-03-01' AS due_on, ['请核对', '总计 3 → 5'][step] AS reason,
    ['李四', 'nianbao'][step] AS who, step = 2 AS automatic,
    TIMESTAMP '2026-02-01 08:30:00' + INTERVAL 1 DAY * step AS decided_at
FROM reports CROSS JOIN range(1, 3) r(step) WHERE report_year = 2019;
"""
_STATE = "CASE WHEN n % 3 = 0 AND severity <> 'info' THEN 'returned' END"
_VERDICTS = ("item_key", "state", "state_by", "state_at", "state_reason")


def write_check_warehouse(
    path: Path, bodies: int, times: int = 1, *, verdicts: bool = True
) -> Path:
    """Write a file with so many bodies, in which each failed check stands as often as is said."""
    write_site_warehouse(path, bodies)
    with duckdb.connect(str(path)) as con:
        con.execute(_RULES)
        con.execute(_COUNTS.format(times=times, state=_STATE))
        if verdicts:
            con.execute(_HISTORY)
        for column in () if verdicts else _VERDICTS:
            con.execute(f"ALTER TABLE check_results DROP COLUMN {column}")
    return path
