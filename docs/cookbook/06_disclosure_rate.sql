-- zh: 部门的公开率逐年如何？
-- en: How did the disclosure rate of departments develop?
-- mind: The rate of a group is the sum of numerators over the sum of denominators, never the mean of rates: a body with one application would weigh as much as one with a thousand.
-- mind: Bodies with a part that is not printed are left out on both sides; left_out counts them.
SELECT report_year,
    count(*) FILTER (disclosed_over_closed_den > 0) AS bodies,
    count(*) FILTER (disclosed_over_closed_num IS NULL OR disclosed_over_closed_den IS NULL) AS left_out,
    sum(disclosed_over_closed_num) FILTER (disclosed_over_closed_den IS NOT NULL)::DOUBLE
        / nullif(sum(disclosed_over_closed_den) FILTER (disclosed_over_closed_num IS NOT NULL), 0)::DOUBLE
        AS disclosed_over_closed
FROM rates_yearly
WHERE scope = 'agency'
GROUP BY report_year
ORDER BY report_year;
