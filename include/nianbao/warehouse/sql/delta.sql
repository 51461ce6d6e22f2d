-- Which reports a warehouse has otherwise than the one before it, from the views `old_reports` and
-- `new_reports`, whose `digest` is hash() over the columns that both have, and `old_sums` and `new_sums`
-- with a sum over the cells of each report: quick, and kept nowhere, since hash() may differ between
-- versions of DuckDB. Cells are compared one by one, in delta_rows.sql, only in reports whose sums differ.

CREATE TEMP TABLE touched AS
SELECT coalesce(n.report_id, o.report_id) AS report_id,
       CASE WHEN o.report_id IS NULL THEN 'added'
            WHEN n.report_id IS NULL THEN 'removed' ELSE 'changed' END AS change,
       old_sums.cells IS DISTINCT FROM new_sums.cells AS has_other_cells
FROM old_reports o
FULL JOIN new_reports n ON o.report_id = n.report_id
LEFT JOIN old_sums ON old_sums.report_id = o.report_id
LEFT JOIN new_sums ON new_sums.report_id = n.report_id
WHERE o.digest IS DISTINCT FROM n.digest OR old_sums.cells IS DISTINCT FROM new_sums.cells;
