-- zh: 报告里有多少空格？
-- en: How many cells are left blank, and how many could not be read?
-- mind: blank: empty or a stroke; unread: something is printed that is no single number; missing: the row is not there.
-- mind: A null in the series comes from one of the three.
SELECT report_year, form, count(*) AS reports, sum(cells) AS cells, sum(cells_blank) AS blank,
    sum(cells_unread) AS unread, sum(cells_missing) AS missing,
    round(median(blank_share), 3) AS median_share_blank
FROM quality_yearly
WHERE cells IS NOT NULL
GROUP BY report_year, form
ORDER BY report_year, form;
