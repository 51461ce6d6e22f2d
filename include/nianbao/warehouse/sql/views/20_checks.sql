CREATE VIEW check_summary AS
SELECT rule_id, form, report_year, any_value(r.severity) AS severity,
       any_value(r.title_zh) AS title_zh, any_value(r.title_en) AS title_en,
       sum(passed)::BIGINT AS passed, sum(failed)::BIGINT AS failed,
       sum(not_assessable)::BIGINT AS not_assessable
FROM check_counts JOIN check_rules r USING (rule_id)
GROUP BY rule_id, form, report_year;
