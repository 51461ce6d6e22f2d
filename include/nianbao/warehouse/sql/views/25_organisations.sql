-- Where each body was in each report year, under the code and the names of that year.
CREATE VIEW organisation_places AS
SELECT o.org_id, y.report_year, y.code AS division, y.code_2020 AS division_2020,
       y.province, y.prefecture, y.county
FROM organisations o JOIN division_years y USING (division)
WHERE y.report_year >= coalesce(o.valid_from, y.report_year)
  AND y.report_year <= coalesce(o.valid_to, y.report_year);

-- The end of each chain of successors. Of several at one step, the one that began first.
CREATE VIEW organisation_lineage AS
WITH RECURSIVE steps AS (
    SELECT org_id, org_id AS latest_id, 0 AS steps, [org_id] AS path FROM organisations
    UNION ALL
    SELECT s.org_id, n.successor_id, s.steps + 1, list_append(s.path, n.successor_id)
    FROM steps s JOIN (
        -- Clients of DuckDB 1.0 know no arg_min over two values.
        SELECT org_id, successor_id, row_number() OVER (
            PARTITION BY org_id ORDER BY report_year, successor_id) AS place
        FROM organisation_successions
    ) n ON n.org_id = s.latest_id AND n.place = 1
    WHERE NOT list_contains(s.path, n.successor_id)
)
SELECT org_id, arg_max(latest_id, steps) AS latest_id, max(steps) AS steps,
       arg_max(path, steps) AS path
FROM steps GROUP BY org_id;
