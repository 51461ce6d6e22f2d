-- What each rule's checks came to, by report year and form.
SELECT rule_id, report_year, form, sum(passed)::BIGINT AS passed, sum(failed)::BIGINT AS failed,
    sum(not_assessable)::BIGINT AS not_assessable, sum(reports)::BIGINT AS reports
FROM tally GROUP BY ALL ORDER BY rule_id, report_year DESC, form;
