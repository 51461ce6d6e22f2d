-- zh: 哪些报告的上年结转与上一年的结转下年度不一致？
-- en: Which reports carry in another number than last year's report carried out?
-- mind: The two cells state the same number, so one report is wrong, or a revision of one is not here.
-- mind: Without last year's report nothing can be said: such a report is not in the list and not clean either.
SELECT now.organisation, now.report_year, now.scope,
    before.carried_out AS carried_out_last_year, now.carried_in,
    now.carried_in - before.carried_out AS difference, r.source_url, last.source_url AS last_source_url
FROM applications_yearly now
JOIN applications_yearly before
    ON before.org_id = now.org_id AND before.scope = now.scope
    AND before.report_year = now.report_year - 1
JOIN reports r ON r.report_id = now.report_id
JOIN reports last ON last.report_id = before.report_id
WHERE now.carried_in <> before.carried_out
ORDER BY abs(now.carried_in - before.carried_out) DESC, now.organisation, now.report_year;
