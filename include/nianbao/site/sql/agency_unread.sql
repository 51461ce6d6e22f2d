-- What was not read of a body's reports: cells that print no number, by table and kind.
SELECT r.org_id, r.report_year, r.scope, d.table_code, c.kind, count(*) AS cells,
    list(DISTINCT c.raw ORDER BY c.raw) FILTER (c.kind = 'text')[1:3] AS examples
FROM reports r
JOIN report_cells c USING (report_id)
JOIN cell_dictionary d ON d.code = c.code AND d.form = r.form
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids'))) AND c.kind <> 'number'
GROUP BY r.org_id, r.report_year, r.scope, d.table_code, c.kind
ORDER BY r.org_id, r.report_year DESC, r.scope, d.table_code, c.kind;
