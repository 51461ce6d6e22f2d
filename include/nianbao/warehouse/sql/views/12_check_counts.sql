-- The tally by number under the names that analysts use.
CREATE VIEW check_counts AS
SELECT p.report_id, r.rule_id, p.form, p.report_year, t.passed, t.failed, t.not_assessable,
       t.blanks_as_zero
FROM check_tally t
JOIN check_reports p USING (report)
JOIN check_rules r USING (rule_number);
