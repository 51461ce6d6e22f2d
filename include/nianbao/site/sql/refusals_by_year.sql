-- On what grounds applications were refused, by place, scope, level and year. Only reports that give
-- all eight grounds enter, so that the grounds of one year speak of the same reports.
WITH members AS (
    SELECT DISTINCT org_id, report_year,
        unnest(['000000', left(division, 2) || '0000', left(division, 4) || '00', division]) AS place
    FROM organisation_places
    UNION
    SELECT org_id, report_year, '000000' FROM outcomes_yearly
),
given AS (
    SELECT y.*, coalesce(o.level, 'unknown') AS level, refused IS NOT NULL AS whole
    FROM outcomes_yearly y JOIN organisations o USING (org_id) WHERE form <> '2014'
)
SELECT place, scope, level, report_year, count(*) AS reports, count(*) FILTER (whole) AS readable,
    sum(refused_state_secret) FILTER (whole)::BIGINT AS refused_state_secret,
    sum(refused_law_forbids) FILTER (whole)::BIGINT AS refused_law_forbids,
    sum(refused_safety_stability) FILTER (whole)::BIGINT AS refused_safety_stability,
    sum(refused_third_party) FILTER (whole)::BIGINT AS refused_third_party,
    sum(refused_internal_affairs) FILTER (whole)::BIGINT AS refused_internal_affairs,
    sum(refused_process_information) FILTER (whole)::BIGINT AS refused_process_information,
    sum(refused_enforcement_file) FILTER (whole)::BIGINT AS refused_enforcement_file,
    sum(refused_administrative_query) FILTER (whole)::BIGINT AS refused_administrative_query
FROM given JOIN members USING (org_id, report_year)
WHERE place IN (SELECT unnest(getvariable('places')))
GROUP BY place, scope, level, report_year
ORDER BY place, scope, level, report_year;
