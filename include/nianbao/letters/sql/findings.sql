-- What fails in the reports of the chosen organisations, with the states of this moment (`last_events`);
-- one row per item, gravest and newest first. Infos are only there where somebody decided on one.
SELECT c.item_key, r.org_id, r.organisation, r.report_year, r.scope, r.title AS report_title, r.form,
    c.severity, u.theme, u.title_zh, coalesce(c.message_zh, c.note, u.title_zh) AS message_zh, c.subject_zh,
    c.quote, c.blame, u.advice_zh, r.source_url, r.report_id, coalesce(e.state, 'open') AS state,
    e.responsible, e.due_on, e.remark
FROM check_results c
JOIN reports r USING (report_id)
JOIN check_rules u USING (rule_id)
LEFT JOIN last_events e ON e.item_key = c.item_key
WHERE c.status = 'fail' AND r.org_id IN (FROM chosen)
  AND ($year IS NULL OR r.report_year = $year)
  AND list_contains($states, coalesce(e.state, 'open'))
  AND (c.severity IN ('error', 'warning') OR e.state IS NOT NULL)
QUALIFY row_number() OVER (PARTITION BY c.item_key ORDER BY c.subject, c.location) = 1
ORDER BY r.organisation, r.org_id, r.report_year DESC, r.scope,
    list_position(['error', 'warning', 'info'], c.severity), u.theme, c.rule_id, c.subject;
