-- What the reader noticed in a body's reports: warnings and errors, not matters of wording.
SELECT r.org_id, r.report_year, r.scope, f.code, f.severity, f.message, f.location
FROM findings f JOIN reports r USING (report_id)
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids'))) AND f.severity <> 'info'
ORDER BY r.org_id, r.report_year DESC, r.scope, f.code, f.location, f.message;
