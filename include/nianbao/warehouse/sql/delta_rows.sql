-- The rows of a delta, from `touched` and the views `old_cells` and `new_cells`, which have the cells of
-- the reports that have other ones.

CREATE TEMP TABLE other_cells AS
SELECT coalesce(n.report_id, o.report_id) AS report_id, coalesce(n.code, o.code) AS code,
       CASE WHEN o.code IS NULL THEN 'added'
            WHEN n.code IS NULL THEN 'removed' ELSE 'changed' END AS change,
       COLUMNS(o.* EXCLUDE (report_id, code, digest)) AS 'old_\0',
       COLUMNS(n.* EXCLUDE (report_id, code, digest)) AS 'new_\0'
FROM old_cells o FULL JOIN new_cells n ON o.report_id = n.report_id AND o.code = n.code
WHERE o.digest IS DISTINCT FROM n.digest;

CREATE TEMP TABLE other_reports AS
WITH counted AS (
    SELECT report_id, count(*) FILTER (change = 'added') AS cells_added,
           count(*) FILTER (change = 'changed') AS cells_changed,
           count(*) FILTER (change = 'removed') AS cells_removed
    FROM other_cells GROUP BY report_id
)
SELECT t.report_id, t.change,
       coalesce(n.organisation, o.organisation) AS organisation,
       coalesce(n.report_year, o.report_year) AS report_year,
       coalesce(n.scope, o.scope) AS scope,
       t.change = 'changed' AND (o.sha256, o.ordinal) IS DISTINCT FROM (n.sha256, n.ordinal)
           AS revised,
       coalesce(cells_added, 0) AS cells_added, coalesce(cells_changed, 0) AS cells_changed,
       coalesce(cells_removed, 0) AS cells_removed,
       COLUMNS(o.* EXCLUDE (report_id, digest)) AS 'old_\0',
       COLUMNS(n.* EXCLUDE (report_id, digest)) AS 'new_\0'
FROM touched t
LEFT JOIN old_reports o ON o.report_id = t.report_id
LEFT JOIN new_reports n ON n.report_id = t.report_id
LEFT JOIN counted ON counted.report_id = t.report_id;
