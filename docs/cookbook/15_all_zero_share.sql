-- zh: 全零报告占多少？
-- en: What share of the reports is zero throughout?
-- mind: Zero is printed zero: a blank form is not all zero, and one that the rule could not tell about is in unknown.
-- mind: A small body with no applications is lawfully all zero. Compare bodies of one kind.
SELECT q.report_year, o.kind, count(*) AS reports,
    count(*) FILTER (q.all_zero) AS all_zero,
    count(*) FILTER (q.all_zero IS NULL) AS unknown,
    round(count(*) FILTER (q.all_zero) / nullif(count(q.all_zero), 0)::DOUBLE, 3) AS share
FROM quality_yearly q JOIN organisations o USING (org_id)
WHERE q.scope = 'agency'
GROUP BY q.report_year, o.kind
ORDER BY q.report_year, o.kind;
