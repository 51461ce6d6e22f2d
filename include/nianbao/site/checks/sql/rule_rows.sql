-- The newest failed checks of each rule, so many of each.
SELECT c.rule_id, r.org_id, b.name, b.division, r.report_year, r.scope, c.report_id, c.message_zh, c.message_en,
    c.subject, c.subject_zh, c.subject_en, c.observed, c.expected, c.note, c.state, c.state_at, c.severity, c.item_key
FROM check_results c JOIN reports r USING (report_id) JOIN wanted w USING (org_id) JOIN bodies b USING (org_id)
QUALIFY row_number() OVER (PARTITION BY c.rule_id ORDER BY r.report_year DESC, b.division, r.org_id, r.scope,
    c.subject, c.location, c.observed) <= getvariable('rows')::INTEGER
ORDER BY c.rule_id, r.report_year DESC, b.division, r.org_id, r.scope, c.subject, c.location, c.observed;
