-- zh: 每年有多少机关按时公布，多少逾期，多少没有看到？
-- en: How many bodies published on time, late, or were not seen?
-- mind: Only absent may be called missing: the portal was read in full after the deadline and the report was not there.
-- mind: not_seen says that nobody can tell (no portal, blocked, unreadable), date_unknown that there is a report without a date, not_due that none was owed.
-- mind: A row is a report that is there or is owed. Bodies that only a report names have no row but for those: read the shares of those that a roster or a record names (obliged_by).
SELECT report_year, obliged_by IS NOT NULL AS named_by_a_list, count(*) AS reports,
    count(*) FILTER (status = 'on_time') AS on_time,
    count(*) FILTER (status = 'late') AS late,
    count(*) FILTER (status = 'date_unknown') AS date_unknown,
    count(*) FILTER (status = 'absent') AS absent,
    count(*) FILTER (status = 'not_seen') AS not_seen,
    count(*) FILTER (status = 'not_due') AS not_due
FROM coverage
GROUP BY ALL
ORDER BY report_year, named_by_a_list;
