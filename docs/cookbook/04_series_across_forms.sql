-- zh: 跨表比较：予以公开的数量在换表的那一年前后如何？
-- en: How did the numbers granted move across the change of form, with the caveat beside them?
-- mind: In 2014's form what was already public is counted apart; granted adds it, as the form of 2019 does.
-- mind: One scope and the same bodies in both years: a body that has only one of the two says nothing about change.
SELECT now.report_year, now.comparability, count(*) AS bodies,
    sum(before.value) AS granted_before, sum(now.value) AS granted_now,
    any_value(c.note) AS note
FROM measures_yearly now
JOIN measures_yearly before
    ON before.org_id = now.org_id AND before.scope = now.scope AND before.measure = now.measure
    AND before.report_year = now.report_year - 1
LEFT JOIN comparability c
    ON c.measure = now.measure AND c.from_form = now.previous_form AND c.to_form = now.form
WHERE now.measure = 'granted' AND before.measure = 'granted' AND now.scope = 'agency'
  AND now.value IS NOT NULL AND before.value IS NOT NULL
GROUP BY now.report_year, now.comparability
ORDER BY now.report_year;
