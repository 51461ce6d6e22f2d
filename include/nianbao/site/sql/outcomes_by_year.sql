-- How applications ended, summed over the bodies of one place, scope and level: scopes and levels are
-- never added together. Only reports that give all six outcomes enter; the others are counted beside.
WITH members AS (
    SELECT DISTINCT org_id, report_year,
        unnest(['000000', left(division, 2) || '0000', left(division, 4) || '00', division]) AS place
    FROM organisation_places
    UNION
    SELECT org_id, report_year, '000000' FROM outcomes_yearly
),
given AS (
    SELECT y.*, a.received, coalesce(o.level, 'unknown') AS level,
        y.granted + y.partly_granted + y.refused + y.unavailable + y.not_processed + y.other IS NOT NULL
            AS whole
    FROM outcomes_yearly y JOIN organisations o USING (org_id)
    LEFT JOIN applications_yearly a USING (report_id)
)
SELECT place, scope, level, report_year, bool_and(form = '2014') AS old_form, count(*) AS reports,
    count(*) FILTER (whole) AS readable,
    count(received) AS received_readable, sum(received)::BIGINT AS received,
    sum(granted) FILTER (whole)::BIGINT AS granted,
    sum(partly_granted) FILTER (whole)::BIGINT AS partly_granted,
    sum(refused) FILTER (whole)::BIGINT AS refused,
    sum(unavailable) FILTER (whole)::BIGINT AS unavailable,
    sum(not_processed) FILTER (whole)::BIGINT AS not_processed,
    sum(other) FILTER (whole)::BIGINT AS other
FROM given JOIN members USING (org_id, report_year)
WHERE place IN (SELECT unnest(getvariable('places')))
GROUP BY place, scope, level, report_year
ORDER BY place, scope, level, report_year;
