-- Every check of the files on the command line, failing ones first, then what could not be read.
SELECT r.source_url AS source, r.organisation, r.report_year, r.form, c.rule_id, u.title_zh,
       u.title_en, c.subject, c.subject_zh, c.status, c.severity, c.expected, c.observed, c.note,
       c.message_zh, c.message_en, c.cells, c.quote, c.blanks_as_zero, c.blame, c.blame_zh, c.blame_en,
       u.rule_version, h.hints_zh, h.hints_en
FROM check_results c JOIN reports r USING (report_id) JOIN check_rules u USING (rule_id)
LEFT JOIN (
    SELECT report_id, list(hint_zh) AS hints_zh, list(hint_en) AS hints_en FROM check_hints GROUP BY report_id
) h USING (report_id)
ORDER BY r.source_url, list_position(['fail', 'not_assessable', 'pass'], c.status),
         list_position(['error', 'warning', 'info'], c.severity), c.rule_id, c.subject;
SELECT source_url AS source, {'code': code, 'message': message} AS error
FROM quarantine ORDER BY ALL
