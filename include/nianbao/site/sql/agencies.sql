-- Every body with what the index filters by: its place, kind, theme, years and failed checks.
WITH latest AS (
    SELECT org_id, arg_max(division, report_year) AS division FROM organisation_places GROUP BY org_id
),
seen AS (
    SELECT org_id, count(DISTINCT report_year) AS years, max(report_year) AS last_year
    FROM reports GROUP BY org_id
),
failed AS (
    SELECT org_id, count(*) FILTER (severity = 'error') AS errors,
        count(*) FILTER (severity = 'warning') AS warnings
    FROM check_results JOIN reports USING (report_id) WHERE status = 'fail' GROUP BY org_id
),
others AS (
    SELECT org_id, string_agg(DISTINCT n.name, ' ' ORDER BY n.name) AS names
    FROM organisation_names n JOIN organisations o USING (org_id) WHERE n.name <> o.name GROUP BY org_id
)
SELECT org_id, name, coalesce(l.division, o.division) AS division, kind, theme, credit_code,
    coalesce(years, 0) AS years, last_year, coalesce(errors, 0) AS errors,
    coalesce(warnings, 0) AS warnings, names
FROM organisations o LEFT JOIN latest l USING (org_id) LEFT JOIN seen USING (org_id)
LEFT JOIN failed USING (org_id) LEFT JOIN others USING (org_id)
ORDER BY division NULLS LAST, list_position(['government', 'department', 'township', 'subdistrict'], kind), name, org_id;
