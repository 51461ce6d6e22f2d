-- A body's report years, with the status of each.
SELECT org_id, report_year, scope, status, published_on, deadline, reason
FROM coverage
WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY org_id, report_year, scope;
