-- The bodies that lie directly in a place: in a county, or at the level of a prefecture or province.
WITH latest AS (
    SELECT org_id, arg_max(division, report_year) AS place FROM organisation_places GROUP BY org_id
),
seen AS (
    SELECT org_id, count(DISTINCT report_year) AS years, max(report_year) AS last_year
    FROM reports GROUP BY org_id
),
failed AS (
    SELECT org_id, count(*) AS errors
    FROM check_results JOIN reports USING (report_id)
    WHERE severity = 'error' AND status = 'fail' GROUP BY org_id
)
SELECT coalesce(place, '000000') AS place, org_id, name, kind, theme,
    coalesce(years, 0) AS years, last_year, coalesce(errors, 0) AS errors
FROM organisations LEFT JOIN latest USING (org_id) LEFT JOIN seen USING (org_id)
LEFT JOIN failed USING (org_id)
WHERE coalesce(place, '000000') IN (SELECT unnest(getvariable('places')))
ORDER BY place, list_position(['government', 'department', 'township', 'subdistrict'], kind), name, org_id;
