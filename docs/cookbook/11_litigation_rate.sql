-- zh: 哪些机关的诉讼率最高？
-- en: Where is litigation most frequent, per application closed?
-- mind: Concluded cases only: one that is pending is counted again next year.
-- mind: A case may concern an application of an earlier year, so the rate can exceed one in a single year; over several years of one body it is steadier.
-- mind: Small denominators make wild rates: the last line sets a least number.
SELECT organisation, min(report_year) AS first_year, max(report_year) AS last_year,
    sum(litigated_over_closed_num) AS litigation_concluded,
    sum(litigated_over_closed_den) AS applications_closed,
    round(sum(litigated_over_closed_num)::DOUBLE / sum(litigated_over_closed_den)::DOUBLE, 4) AS rate
FROM rates_yearly
WHERE scope = 'agency' AND litigated_over_closed IS NOT NULL
GROUP BY org_id, organisation
HAVING sum(litigated_over_closed_den) >= 10
ORDER BY rate DESC, organisation
LIMIT 20;
