-- The same for the parts of each place: the provinces of the country, the prefectures of a province,
-- the counties of a prefecture. Counties that no prefecture holds (of Beijing, Tianjin, Shanghai and
-- Chongqing, and those of code ..90..) are parts of their province. What lies below no part, as a
-- province's own departments do, counts as the place itself.
WITH members AS (
    SELECT DISTINCT org_id, report_year, division,
        unnest(['000000', left(division, 2) || '0000', left(division, 4) || '00']) AS place
    FROM organisation_places WHERE division IS NOT NULL
),
parts AS (
    SELECT org_id, report_year, place,
        CASE WHEN place = '000000' THEN left(division, 2) || '0000'
             WHEN left(division, 2) IN ('11', '12', '31', '50') OR substr(division, 3, 2) = '90' THEN division
             WHEN place LIKE '__0000' THEN left(division, 4) || '00'
             ELSE division END AS part
    FROM members
)
SELECT place, scope, part, report_year,
    CASE WHEN obliged_by = 'none' THEN 'unlisted' ELSE status END AS status, count(*) AS reports
FROM coverage JOIN parts USING (org_id, report_year)
WHERE place IN (SELECT unnest(getvariable('places')))
GROUP BY ALL
ORDER BY place, scope, part, report_year, status;
