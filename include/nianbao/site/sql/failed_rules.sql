-- The rules that reports of a place fail, of the reports that each rule speaks of; beside them the reports
-- in which nothing of it failed and something could not be assessed. One report may fail several rules.
WITH members AS (
    SELECT DISTINCT org_id, report_year,
        unnest(['000000', left(division, 2) || '0000', left(division, 4) || '00', division]) AS place
    FROM organisation_places
    UNION
    SELECT org_id, report_year, '000000' FROM reports
)
SELECT place, rule_id, any_value(severity) AS severity, any_value(title_zh) AS title_zh,
    any_value(title_en) AS title_en, count(*) FILTER (failed > 0) AS failed, count(*) AS reports,
    count(*) FILTER (failed = 0 AND not_assessable > 0) AS not_assessable
FROM check_counts JOIN reports r USING (report_id) JOIN check_rules USING (rule_id)
JOIN members m ON m.org_id = r.org_id AND m.report_year = r.report_year
WHERE place IN (SELECT unnest(getvariable('places')))
GROUP BY place, rule_id HAVING count(*) FILTER (failed > 0) > 0
ORDER BY place, list_position(['error', 'warning', 'info'], any_value(severity)), failed DESC, rule_id;
