-- What was gathered, into the stored tables.
INSERT INTO stored_checks BY NAME
SELECT * EXCLUDE (report, form, rule_blame), key_of(report_id, rule_id, subject, quote) AS item_key
FROM blamed
ORDER BY report_id, rule_id, subject;

INSERT INTO check_reports BY NAME
SELECT report, any_value(r.report_id) AS report_id, any_value(r.form) AS form,
       any_value(r.report_year) AS report_year,
       coalesce(sum(failed) FILTER (severity = 'error'), 0)::INTEGER AS errors,
       coalesce(sum(failed) FILTER (severity = 'warning'), 0)::INTEGER AS warnings,
       coalesce(sum(failed) FILTER (severity = 'info'), 0)::INTEGER AS infos,
       coalesce(sum(passed), 0)::INTEGER AS passed,
       coalesce(sum(not_assessable), 0)::INTEGER AS not_assessable,
       coalesce(sum(blanks_as_zero), 0)::INTEGER AS blanks_as_zero
FROM checked_reports r
LEFT JOIN check_tally USING (report)
LEFT JOIN check_rules USING (rule_number)
GROUP BY report
ORDER BY report;
