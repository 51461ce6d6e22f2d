-- The checks that a body's reports fail, gravest first, in the words of an office.
SELECT r.org_id, r.report_year, r.scope, r.report_id, c.rule_id, c.severity, u.title_zh, u.title_en,
    u.basis_zh, u.basis_en, u.advice_zh, u.advice_en, c.subject_zh, c.subject_en, c.observed, c.expected, c.note,
    c.message_zh, c.message_en, c.quote, c.location, c.blame, c.blame_zh, c.blame_en, c.state
FROM check_results c JOIN reports r USING (report_id) JOIN check_rules u USING (rule_id)
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids'))) AND c.status = 'fail'
ORDER BY r.org_id, list_position(['error', 'warning', 'info'], c.severity), r.report_year DESC,
    r.scope, c.rule_id, c.subject, c.location;
