-- What stands in the cells that a figure needs and that print no number.
SELECT r.org_id, r.scope, r.report_year, m.measure, c.kind, count(*) AS cells,
    min(c.raw) FILTER (c.kind = 'text') AS example
FROM reports r
JOIN measure_cells m USING (form)
JOIN report_cells c ON c.report_id = r.report_id AND c.code = m.code
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids')))
  AND m.measure IN (SELECT unnest(getvariable('measures'))) AND c.kind <> 'number'
GROUP BY r.org_id, r.scope, r.report_year, m.measure, c.kind
ORDER BY r.org_id, r.scope, r.report_year, m.measure,
    list_position(['text', 'missing', 'dash', 'blank'], c.kind);
