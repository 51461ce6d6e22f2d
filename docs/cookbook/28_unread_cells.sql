-- zh: 哪些单元格印了东西却读不成一个数字？
-- en: Which cells hold something that is no single number?
-- mind: raw is what is printed: a digit with a space inside may be one number or two, so it is left to you.
-- mind: Where in the document each stands is in report_cells (label, location, source_place): FROM cells_of(['…']) for some reports.
SELECT r.organisation, r.report_year, c.code, c.raw, r.source_url
FROM report_values c JOIN reports r USING (report_id)
WHERE c.kind = 'text'
ORDER BY r.organisation, r.report_year, c.code;
