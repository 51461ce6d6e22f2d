-- zh: 哪些报告公布后改动过数字，改动最大的是哪些？
-- en: Which published reports had their numbers changed afterwards, the largest changes first?
-- mind: Only what two documents of the same report print differently; that a document was served anew without a change is no change.
-- mind: A number that became blank, or the other way round, has no difference, and stands last.
SELECT r.organisation, r.report_year, c.code, d.row_zh, d.column_zh, c.old_raw, c.new_raw,
    c.new_value - c.old_value AS difference, r.source_url
FROM report_changes c
JOIN reports r USING (report_id)
LEFT JOIN cell_dictionary d ON d.code = c.code AND d.form = r.form
ORDER BY abs(c.new_value - c.old_value) DESC NULLS LAST, r.organisation, r.report_year, c.code
LIMIT 50;
