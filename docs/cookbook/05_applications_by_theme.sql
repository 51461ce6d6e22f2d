-- zh: 各主题部门每年收到申请的中位数是多少？
-- en: What is the median number of applications per theme and year?
-- mind: A median over departments, and no sum over levels: scope and kind are fixed.
-- mind: n counts the departments whose number is printed; look at it before you compare.
SELECT o.theme, t.title_zh, a.report_year, count(a.received) AS n, median(a.received) AS received
FROM applications_yearly a
JOIN organisations o USING (org_id)
LEFT JOIN themes t USING (theme)
WHERE a.scope = 'agency' AND o.kind = 'department'
GROUP BY o.theme, t.title_zh, a.report_year
ORDER BY o.theme, a.report_year;
