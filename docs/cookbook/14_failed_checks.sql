-- zh: 哪些报告没有通过勾稽核验，应为多少，实为多少？
-- en: Which reports fail an identity of the form, with the value expected and the value printed?
-- mind: A failed check is first of all a question: look at the source before you call it the publisher's error.
-- mind: What could not be assessed is counted in quality_yearly.not_assessable; many of them make a clean report say little.
SELECT r.organisation, r.report_year, c.severity, k.title_zh, k.title_en, c.subject_zh,
    c.expected, c.observed, c.note, r.source_url
FROM check_results c
JOIN check_rules k USING (rule_id)
JOIN reports r USING (report_id)
WHERE c.severity = 'error'
ORDER BY r.report_year DESC, r.organisation, c.rule_id, c.subject;
