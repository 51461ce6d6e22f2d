-- What the current versions print in `wanted_cells`. By number of the version: only this reaches the cells
-- of a few reports before all are spelt out.
WITH versions AS (
    SELECT version, report_id, form FROM report_versions
    WHERE is_current AND report_id IN (SELECT report_id FROM wanted_cells)
)
SELECT l.report_id, l.code, CASE WHEN l.kind = 'missing' THEN NULL ELSE l.raw END AS raw,
    concat_ws('·', d.row_zh, d.column_zh) AS label
FROM (FROM value_lines WHERE version IN (SELECT version FROM versions)) l
JOIN versions v ON v.version = l.version
SEMI JOIN wanted_cells w ON w.report_id = l.report_id AND w.code = l.code
LEFT JOIN cell_dictionary d ON d.form = v.form AND d.code = l.code;
