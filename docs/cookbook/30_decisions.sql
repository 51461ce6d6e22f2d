-- zh: 行政许可、处罚、强制的处理决定逐年有多少？
-- en: How many licensing, penalty and coercion decisions were taken?
-- mind: All decisions of the year, disclosed or not. From the form of 2019 to that of 2021 they compare exactly; the form of 2014 does not ask for them.
SELECT d.measure, m.title_zh, d.report_year, count(d.value) AS bodies, sum(d.value) AS decisions
FROM measures_yearly d JOIN measures m USING (measure)
WHERE d.measure IN ('licensing_decisions', 'penalty_decisions', 'coercion_decisions') AND d.scope = 'agency'
GROUP BY d.measure, m.title_zh, d.report_year
ORDER BY d.measure, d.report_year;
