-- A body's reports: where they were published, and the bytes that were read.
SELECT org_id, report_id, report_year, scope, form, title, published_on, source_url, sha256,
    organisation_printed,
    (SELECT count(*) FROM report_versions v WHERE v.report_id = r.report_id) AS versions
FROM reports r
WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY org_id, report_year DESC, scope;
