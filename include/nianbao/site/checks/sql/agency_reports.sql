-- The reports of some bodies with what their checks came to.
SELECT r.*, k.errors, k.warnings, k.infos, k.passed, k.not_assessable, k.blanks_as_zero,
    (SELECT count(*) FROM report_versions v WHERE v.report_id = r.report_id) AS versions
FROM reports r LEFT JOIN check_reports k USING (report_id)
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY r.org_id, r.report_year DESC, r.scope, r.report_id;
