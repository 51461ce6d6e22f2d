-- What fails in the reports of `listed_reports`, as an office reads it, gravest and newest first.
SELECT c.item_key, c.report_id, r.org_id, r.organisation, r.report_year, r.scope, c.severity, c.rule_id,
    u.title_zh, coalesce(c.message_zh, c.note) AS message_zh, c.quote, c.blame, c.blame_zh, u.advice_zh,
    r.source_url, r.sha256, c.subject, c.subject_zh
FROM check_results c
JOIN reports r USING (report_id)
JOIN check_rules u USING (rule_id)
WHERE c.status = 'fail' AND c.report_id IN (FROM listed_reports)
  AND c.severity IN (SELECT unnest(getvariable('severities')))
QUALIFY row_number() OVER (PARTITION BY c.item_key ORDER BY c.subject, c.location) = 1
ORDER BY r.organisation, r.org_id, r.report_year DESC, r.scope,
    list_position(['error', 'warning', 'info'], c.severity), c.rule_id, c.subject;
