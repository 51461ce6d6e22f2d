-- zh: 哪些报告逾期公布，晚了多少天？
-- en: Which reports came late, and by how many days?
-- mind: The day is the first on which the report was public as far as is known, so a report that was revised later is not late for that.
-- mind: Departments have until 31 January, governments until 31 March; up to the reports on 2018 all had until 31 March.
SELECT organisation, report_year, scope, deadline, published_on,
    date_diff('day', deadline, published_on) AS days_late, report_id
FROM coverage
WHERE status = 'late'
ORDER BY days_late DESC, organisation, report_year;
