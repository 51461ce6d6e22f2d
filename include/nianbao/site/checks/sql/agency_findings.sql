-- The failed checks of some bodies, newest first and gravest first in each report; times are Chinese ones.
SELECT r.org_id, r.report_year, r.scope,
    c.* REPLACE (strftime(c.state_at + INTERVAL 8 HOUR, '%Y-%m-%d %H:%M') AS state_at)
FROM check_results c JOIN reports r USING (report_id)
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY r.org_id, r.report_year DESC, r.scope, c.report_id,
    list_position(['error', 'warning', 'info'], c.severity), c.rule_id, c.subject, c.location, c.observed,
    c.expected, c.note;
