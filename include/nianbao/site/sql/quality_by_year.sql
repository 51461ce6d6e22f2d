-- Reports that fail checks and reports that print nothing but zeros, by place, scope, level and year. A
-- report with no failure whose checks could not all be assessed, for want of numbers, is counted as `open`:
-- it has not been shown to be right, so the shares of failures are the least that there can be.
WITH members AS (
    SELECT DISTINCT org_id, report_year,
        unnest(['000000', left(division, 2) || '0000', left(division, 4) || '00', division]) AS place
    FROM organisation_places
    UNION
    SELECT org_id, report_year, '000000' FROM quality_yearly
)
SELECT place, scope, coalesce(o.level, 'unknown') AS level, report_year, count(*) AS reports,
    count(errors_failed) AS checked,
    count(*) FILTER (errors_failed > 0) AS with_errors,
    count(*) FILTER (warnings_failed > 0) AS with_warnings,
    count(*) FILTER (errors_failed = 0 AND not_assessable > 0) AS open,
    count(all_zero) AS zero_checked,
    count(*) FILTER (all_zero) AS all_zero
FROM quality_yearly JOIN members USING (org_id, report_year) JOIN organisations o USING (org_id)
WHERE place IN (SELECT unnest(getvariable('places')))
GROUP BY place, scope, o.level, report_year
ORDER BY place, scope, level, report_year;
