-- What the checks of each report came to: failures by severity, and what could not be assessed.
SELECT r.org_id, r.report_year, r.scope, r.report_id, k.errors, k.warnings, k.infos, k.not_assessable
FROM check_reports k JOIN reports r USING (report_id)
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY r.org_id, r.report_year DESC, r.scope;
