-- Who published, by place, scope and report year: each report once, whether it is there or owed and not
-- there. Those of bodies that no roster or record names are `unlisted`: nobody knows who else is missing
-- among them. A place holds the bodies whose division lay in it in that year ('000000' is everywhere).
WITH members AS (
    SELECT DISTINCT org_id, report_year,
        unnest(['000000', left(division, 2) || '0000', left(division, 4) || '00', division]) AS place
    FROM organisation_places
    UNION
    SELECT org_id, report_year, '000000' FROM coverage
)
SELECT place, scope, report_year,
    CASE WHEN obliged_by = 'none' THEN 'unlisted' ELSE status END AS status, count(*) AS reports
FROM coverage JOIN members USING (org_id, report_year)
WHERE place IN (SELECT unnest(getvariable('places')))
GROUP BY ALL
ORDER BY place, scope, report_year, status;
