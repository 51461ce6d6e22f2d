-- zh: 不予公开的理由逐年如何变化？
-- en: How did the grounds of refusal change over the years?
-- mind: Only reports that print all eight grounds count, so that the shares add up to one.
-- mind: The grounds of 2014 are others (see refused_2014 and its parts), so the series begins with the form of 2019.
WITH whole AS (
    SELECT * FROM outcomes_yearly WHERE refused IS NOT NULL AND scope = 'agency'
),
grounds AS (
    UNPIVOT whole ON COLUMNS('^refused_(state|law|safety|third|internal|process|enforcement|administrative)')
    INTO NAME ground VALUE number
)
SELECT report_year, ground, m.title_zh, m.title_en, sum(number) AS refused,
    round(sum(number)::DOUBLE / nullif(sum(sum(number)) OVER (PARTITION BY report_year), 0)::DOUBLE, 3) AS share
FROM grounds JOIN measures m ON m.measure = ground
GROUP BY report_year, ground, m.title_zh, m.title_en
ORDER BY report_year, refused DESC, ground;
