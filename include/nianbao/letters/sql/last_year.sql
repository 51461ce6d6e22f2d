-- The newest report year of which something was due, among the chosen organisations.
SELECT max(report_year) AS report_year FROM coverage
WHERE org_id IN (FROM chosen) AND status <> 'not_due';
