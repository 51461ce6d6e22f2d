-- Which bodies a body became, and which became it.
SELECT s.org_id AS before_id, b.name AS before, s.successor_id AS after_id, a.name AS after,
    s.report_year, s.reason
FROM organisation_successions s
LEFT JOIN organisations b ON b.org_id = s.org_id
LEFT JOIN organisations a ON a.org_id = s.successor_id
WHERE s.org_id IN (SELECT unnest(getvariable('org_ids')))
   OR s.successor_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY s.report_year, before_id, after_id;
