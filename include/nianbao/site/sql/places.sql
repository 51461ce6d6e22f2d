-- Every division that a body lay in, with its names and the latest year.
SELECT division AS place, max(report_year) AS last_year,
    arg_max(province, report_year) AS province, arg_max(prefecture, report_year) AS prefecture,
    arg_max(county, report_year) AS county
FROM organisation_places WHERE division IS NOT NULL GROUP BY division ORDER BY division;
