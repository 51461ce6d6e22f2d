-- What the checks and the reader say of each report. A report that no rule spoke of has nulls and not
-- zeros: nothing failed because nothing was asked.
CREATE VIEW quality_yearly AS
WITH zero_rule AS (
    SELECT report_id, failed > 0 AS applications_all_zero
    FROM check_counts WHERE rule_id = 'all_zero' AND passed + failed > 0
),
whole_zero AS (
    SELECT DISTINCT report_id
    FROM check_results WHERE rule_id = 'all_zero' AND status = 'fail' AND subject = 'report'
),
printed AS (
    SELECT v.report_id, c.* EXCLUDE (version)
    FROM version_counts c JOIN report_versions v USING (version) WHERE v.is_current
)
SELECT r.org_id, r.organisation, r.report_year, r.scope, r.form, r.report_id,
    k.errors AS errors_failed, k.warnings AS warnings_failed, k.infos AS infos_failed,
    k.not_assessable,
    p.cells::INTEGER AS cells, p.cells_printed::INTEGER AS cells_printed,
    p.cells_blank::INTEGER AS cells_blank, p.cells_unread::INTEGER AS cells_unread,
    p.cells_missing::INTEGER AS cells_missing,
    p.cells_blank / nullif(p.cells, 0)::DOUBLE AS blank_share,
    z.applications_all_zero,
    CASE WHEN z.applications_all_zero IS NOT NULL THEN w.report_id IS NOT NULL END AS all_zero
FROM reports r
LEFT JOIN check_reports k USING (report_id)
LEFT JOIN printed p USING (report_id)
LEFT JOIN zero_rule z USING (report_id)
LEFT JOIN whole_zero w USING (report_id);
