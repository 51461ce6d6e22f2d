-- What could not be assessed of each report of some bodies, by rule.
SELECT r.org_id, c.report_id, c.rule_id, c.not_assessable
FROM check_counts c JOIN reports r USING (report_id)
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids'))) AND c.not_assessable > 0
ORDER BY r.org_id, c.report_id, c.not_assessable DESC, c.rule_id;
