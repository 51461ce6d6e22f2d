-- Every body with what the index filters by: its place, kind, theme, years and failed checks.
WITH seen AS (
    SELECT org_id, count(DISTINCT report_year) AS years, max(report_year) AS last_year,
        sum(k.errors)::BIGINT AS errors, sum(k.warnings)::BIGINT AS warnings, sum(k.infos)::BIGINT AS infos,
        sum(k.not_assessable)::BIGINT AS not_assessable
    FROM reports LEFT JOIN check_reports k USING (report_id) GROUP BY org_id
),
others AS (
    SELECT org_id, string_agg(DISTINCT n.name, ' ' ORDER BY n.name) AS names
    FROM organisation_names n JOIN organisations o USING (org_id) WHERE n.name <> o.name GROUP BY org_id
)
SELECT b.org_id, name, b.division, kind, theme, credit_code, years, last_year, coalesce(errors, 0) AS errors,
    coalesce(warnings, 0) AS warnings, coalesce(infos, 0) AS infos,
    coalesce(not_assessable, 0) AS not_assessable, names
FROM bodies b JOIN wanted USING (org_id) JOIN seen USING (org_id) LEFT JOIN others USING (org_id)
ORDER BY b.division NULLS LAST, list_position(['government', 'department', 'township', 'subdistrict'], kind),
    name, b.org_id;
