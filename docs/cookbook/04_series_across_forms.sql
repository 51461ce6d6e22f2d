-- zh: 跨表比较：予以公开的数量在换表的那一年前后如何？
-- en: How did the numbers granted move across the change of form, with the caveat beside them?
-- mind: In 2014's form what was already public is counted apart; granted adds it, as the form of 2019 does.
-- mind: One scope and the same bodies in both years: a body that has only one of the two says nothing about change.
WITH granted AS (
    SELECT org_id, report_year, form, granted FROM applications_yearly
    WHERE scope = 'agency' AND granted IS NOT NULL
)
SELECT now.report_year,
    CASE WHEN before.form = now.form THEN 'exact' ELSE c.comparability END AS comparability,
    count(*) AS bodies, sum(before.granted) AS granted_before, sum(now.granted) AS granted_now,
    any_value(c.note) AS note
FROM granted now
JOIN granted before ON before.org_id = now.org_id AND before.report_year = now.report_year - 1
LEFT JOIN comparability c
    ON c.measure = 'granted' AND c.from_form = before.form AND c.to_form = now.form
GROUP BY ALL
ORDER BY now.report_year;
