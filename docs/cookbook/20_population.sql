-- zh: 每十万人口有多少申请（连接自己的人口数据）？
-- en: How many applications per 100,000 inhabitants (joined with your own file of population)?
-- mind: The file is yours: here a small made-up one with division_2020, report_year and population. The code is text; read as a number it loses nothing here, but it would not join.
-- mind: Only counties with the same scope_used compare: here the reports on the whole area.
SELECT c.county, c.report_year, c.scope_used, c.received, p.population,
    round(c.received * 100000 / p.population, 2) AS per_100000
FROM county_yearly c
JOIN read_csv('population.csv', types = {'division_2020': 'VARCHAR'}) p USING (division_2020, report_year)
WHERE c.scope_used = 'area'
ORDER BY per_100000 DESC NULLS LAST, c.county, c.report_year;
