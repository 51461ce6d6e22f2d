-- Every division that a body lies in, with its names.
SELECT w.division AS place, coalesce(max(p.report_year), 0) AS last_year,
    arg_max(p.province, p.report_year) AS province, arg_max(p.prefecture, p.report_year) AS prefecture,
    arg_max(p.county, p.report_year) AS county
FROM wanted w LEFT JOIN organisation_places p ON p.org_id = w.org_id AND p.division = w.division
WHERE w.division IS NOT NULL GROUP BY w.division ORDER BY w.division;
