-- zh: 透明度指数与公开率有没有关系（连接自己的指数）？
-- en: Does a transparency index go with the disclosure rate (joined with your own file)?
-- mind: The file is yours: here a small made-up one by division_2020 and report_year.
-- mind: A correlation over a handful of counties says nothing; n is beside it. The rate is that of the report that speaks for the county.
WITH joined AS (
    SELECT c.county, c.report_year, i.index_score, r.disclosed_over_closed, r.disclosed_over_closed_den AS closed
    FROM county_yearly c
    JOIN read_csv('transparency_index.csv', types = {'division_2020': 'VARCHAR'}) i USING (division_2020, report_year)
    JOIN rates_yearly r ON r.report_id = c.report_id
    WHERE c.scope_used = 'area' AND r.disclosed_over_closed IS NOT NULL
)
SELECT *, count(*) OVER () AS n, round(corr(index_score, disclosed_over_closed) OVER (), 3) AS correlation
FROM joined
ORDER BY county, report_year;
