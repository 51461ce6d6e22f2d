-- The findings of `wanted_items` as the warehouse has them, one row each. A sentence that stands twice in
-- a report is one finding.
SELECT c.item_key, c.report_id, c.rule_id, c.rule_version, r.org_id, r.organisation, r.report_year,
    r.scope, c.subject, c.subject_zh, c.message_zh AS finding, c.sha256, r.form, c.expected, c.observed,
    c.quote, c.cells
FROM check_results c JOIN reports r USING (report_id)
WHERE c.status = 'fail' AND c.item_key IN (FROM wanted_items)
QUALIFY row_number() OVER (PARTITION BY c.item_key ORDER BY c.subject, c.location) = 1
ORDER BY c.item_key;
