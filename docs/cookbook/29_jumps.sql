-- zh: 哪些机关的申请量一年之间变化超过十倍？
-- en: Where did the number of applications change tenfold in a year?
-- mind: A jump may be real, a slip of a digit, a change of scope, or a merger: look at both reports.
-- mind: comparability must not be none; approximate can be the change of form itself.
SELECT organisation, report_year, scope, before, value AS received, comparability
FROM (
    SELECT *, lag(value) OVER body AS before, lag(report_year) OVER body AS year_before
    FROM measures_yearly WHERE measure = 'received'
    WINDOW body AS (PARTITION BY org_id, scope ORDER BY report_year)
)
WHERE year_before = report_year - 1 AND (value >= 10 * before OR before >= 10 * value)
  AND greatest(value, before) >= 10
ORDER BY organisation, report_year;
