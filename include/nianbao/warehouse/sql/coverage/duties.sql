-- What each body owes: one row per body, report year and scope, with the deadline. Days are Chinese
-- days; the log is in UTC. The newest request says what day it is: a clock would give another answer
-- at each rebuild.

CREATE TEMP TABLE today AS
SELECT (max(fetched_at) + INTERVAL 8 HOUR)::DATE AS as_of,
       year((max(fetched_at) + INTERVAL 8 HOUR)::DATE) - 1 AS last_year
FROM log_parts;

-- The first report year that anybody speaks of.
CREATE TEMP TABLE span AS
SELECT min(first_year) AS first_year FROM (
    SELECT min(report_year) AS first_year FROM report_versions
    UNION ALL SELECT min(first_year) FROM portal_records WHERE enabled
    UNION ALL SELECT min(obliged_from) FROM roster
);

-- A government owes the report on its territory, any other body its own.
CREATE TEMP TABLE obligations AS
SELECT org_id, coalesce(r.scope, CASE WHEN o.kind = 'government' THEN 'area' ELSE 'agency' END) AS scope,
       min(coalesce(r.obliged_from, 0)) AS obliged_from, max(coalesce(r.obliged_to, 9999)) AS obliged_to,
       any_value(b.obliged_by) AS obliged_by
FROM organisations o JOIN bodies b USING (org_id) LEFT JOIN roster r USING (org_id)
GROUP BY ALL;

CREATE TEMP TABLE seen_years AS
SELECT org_id, min(report_year) AS first_seen FROM report_versions GROUP BY org_id;

-- A body that nobody declared is looked for from its first report on, and is never called absent.
CREATE TEMP TABLE owed AS
SELECT org_id, scope, report_year, obliged_by,
       CASE WHEN report_year < valid_from THEN 'not_yet_founded'
            WHEN report_year > valid_to THEN 'ended'
            WHEN report_year NOT BETWEEN obliged_from AND obliged_to THEN 'not_obliged'
       END AS excuse
FROM (
    SELECT d.*, valid_from, valid_to, unnest(generate_series(
               CASE WHEN d.obliged_by = 'none' THEN first_seen ELSE first_year END, last_year
           ))::SMALLINT AS report_year
    FROM obligations d JOIN organisations USING (org_id) LEFT JOIN seen_years USING (org_id)
    CROSS JOIN span CROSS JOIN today
)
WHERE obliged_by <> 'none' OR valid_to IS NULL OR report_year <= valid_to;

-- Of several rules the most particular decides: the longest place, then kind, level and scope, then
-- the one entered last. A report on an own level or a territory is a government's, whatever the name.
--
-- Each rule stands under each of its years, and each body under each beginning of its code: so both
-- are keys, and the rules of a hundred places cost those elsewhere nothing.
CREATE TEMP TABLE due AS
WITH wanted AS (
    SELECT org_id, scope, report_year FROM owed
    UNION SELECT org_id, scope, report_year FROM report_versions
),
rules AS (
    SELECT * REPLACE (coalesce(place, '') AS place), unnest(generate_series(
               first_year, least(coalesce(last_year, 9999), (SELECT max(report_year) FROM wanted))
           ))::SMALLINT AS report_year
    FROM deadlines
),
placed AS (
    SELECT org_id, kind, level, left(division, unnest(range(length(division) + 1))) AS place
    FROM (SELECT * REPLACE (coalesce(division, '') AS division) FROM organisations)
)
SELECT w.org_id, w.scope, w.report_year,
       make_date(w.report_year + 1, d.month, d.day) AS deadline, d.basis
FROM wanted w
JOIN placed o USING (org_id)
JOIN rules d
  ON d.report_year = w.report_year AND d.place = o.place
 AND CASE WHEN w.scope IN ('own_level', 'area') AND coalesce(o.kind, '') NOT IN ('township', 'subdistrict')
          THEN coalesce(d.kind, 'government') = 'government'
          WHEN d.kind IS NULL THEN coalesce(o.kind, 'institution') <> 'institution'
          ELSE d.kind = o.kind END
 AND coalesce(d.level = o.level, d.level IS NULL)
 AND coalesce(d.scope = w.scope, d.scope IS NULL)
QUALIFY row_number() OVER (
    PARTITION BY w.org_id, w.scope, w.report_year
    ORDER BY length(d.place) DESC, d.kind IS NULL, d.level IS NULL, d.scope IS NULL,
             d.rule DESC
) = 1;
