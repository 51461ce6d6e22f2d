-- zh: 不予处理中，重复申请和大量反复申请占多少？
-- en: What share of the cases not processed are repeats or excessive applications?
-- mind: Reasons for not processing exist from the form of 2019 on.
SELECT report_year, count(not_processed) AS bodies, sum(not_processed) AS not_processed,
    sum(not_processed_repeat) FILTER (not_processed IS NOT NULL) AS repeats,
    sum(not_processed_excessive) FILTER (not_processed IS NOT NULL) AS excessive
FROM outcomes_yearly
WHERE scope = 'agency' AND form <> '2014'
GROUP BY report_year
ORDER BY report_year;
