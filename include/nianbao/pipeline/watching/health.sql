-- What is wrong with each enabled portal, by the fetch log (`log`), by what finished harvests were after
-- (`asked`) and saw (`listed`), and by the registry (`portals`). $year is last year, the report year that
-- is being published; $is_over tells whether its last statutory day is over.

CREATE TEMP TABLE runs AS
SELECT portal_id, run_id, max(fetched_at) AS ended_at,
       -- A report that is gone is an answer; a list that is gone is a site that moved.
       count(*) FILTER (purpose <> 'robots' AND outcome IN ('fetched', 'unchanged', 'changed')
                        OR purpose = 'report' AND outcome = 'gone') AS had,
       count(*) FILTER (purpose = 'list' AND outcome = 'gone') AS list_gone,
       count(*) FILTER (purpose = 'list' AND outcome IN ('refused_by_robots', 'outside_allow_list')) AS refused,
       -- An empty shell served with status 200 for one year's page blocks nothing.
       count(*) FILTER (outcome = 'blocked' AND NOT (purpose = 'report' AND coalesce(status, 0) = 200)) AS blocked,
       count(*) FILTER (purpose <> 'robots' AND outcome IN ('failed', 'over_limit')) AS failed
FROM log SEMI JOIN portals USING (portal_id)
GROUP BY portal_id, run_id;

CREATE TEMP TABLE latest AS
SELECT * FROM runs QUALIFY row_number() OVER (PARTITION BY portal_id ORDER BY ended_at DESC, run_id) = 1;

CREATE TEMP TABLE good AS
SELECT portal_id, max(ended_at) AS good_at FROM runs
WHERE had > 0 OR (blocked = 0 AND failed = 0 AND list_gone = 0 AND refused = 0) GROUP BY portal_id;

-- What each finished harvest saw of a report year. A lead whose year the list does not tell may be of any.
CREATE TEMP TABLE seen AS
SELECT l.portal_id, l.run_id, y.year, max(l.finished_at) AS finished_at,
       coalesce(sum(l.leads) FILTER (l.report_year = y.year OR l.report_year IS NULL), 0) AS leads
FROM listed l
JOIN (SELECT portal_id, run_id, bool_or(years IS NULL) AS is_any, flatten(list(years)) AS years
      FROM asked GROUP BY ALL) a USING (portal_id, run_id)
CROSS JOIN (VALUES ($year), ($year - 1)) y (year)
WHERE a.is_any OR list_contains(a.years, y.year)
GROUP BY ALL;

-- Reports that were had, by the log alone: for seasons of before harvests kept what they saw.
CREATE TEMP TABLE had AS
SELECT portal_id, lead_report_year AS year, count(DISTINCT url) AS leads FROM log
WHERE purpose = 'report' AND sha256 IS NOT NULL AND lead_report_year IN ($year, $year - 1)
GROUP BY ALL;

CREATE TEMP TABLE counted AS
SELECT p.portal_id,
       (SELECT arg_max(leads, finished_at) FROM seen s WHERE s.portal_id = p.portal_id AND year = $year) AS now_leads,
       (SELECT max(leads) FROM seen s WHERE s.portal_id = p.portal_id AND year = $year) AS most_leads,
       (SELECT leads FROM had h WHERE h.portal_id = p.portal_id AND year = $year) AS had_leads,
       greatest((SELECT max(leads) FROM seen s WHERE s.portal_id = p.portal_id AND year = $year - 1),
                (SELECT leads FROM had h WHERE h.portal_id = p.portal_id AND year = $year - 1)) AS last_season
FROM portals p;

CREATE TEMP TABLE facts AS
SELECT p.*, l.ended_at, g.good_at, coalesce(l.had, 0) AS had, coalesce(l.blocked, 0) AS blocked,
       coalesce(l.failed, 0) AS failed, coalesce(l.list_gone, 0) AS list_gone,
       coalesce(l.refused, 0) AS refused, coalesce(c.now_leads, c.had_leads) AS leads,
       greatest(c.most_leads, c.had_leads) AS most_leads, c.last_season
FROM portals p
LEFT JOIN latest l USING (portal_id) LEFT JOIN good g USING (portal_id) LEFT JOIN counted c USING (portal_id);

CREATE TEMP TABLE problems AS
SELECT portal_id, 'never_seen' AS problem, NULL AS expected, NULL AS before, NULL AS count
FROM facts WHERE ended_at IS NULL
UNION ALL SELECT portal_id, 'stale', NULL, NULL, NULL FROM facts WHERE ended_at < $stale_before
UNION ALL SELECT portal_id, 'blocked', NULL, NULL, blocked FROM facts WHERE had = 0 AND blocked > 0
UNION ALL SELECT portal_id, 'failed', NULL, NULL, failed FROM facts WHERE had = 0 AND blocked = 0 AND failed > 0
-- Errors even where other lists were had: what is behind these stays unseen until the record is mended.
UNION ALL SELECT portal_id, 'list_gone', NULL, NULL, list_gone FROM facts WHERE list_gone > 0
UNION ALL SELECT portal_id, 'refused', NULL, NULL, refused FROM facts WHERE refused > 0
UNION ALL SELECT portal_id, 'partly_blocked', NULL, NULL, blocked FROM facts WHERE had > 0 AND blocked > 0
UNION ALL SELECT portal_id, 'partly_failed', NULL, NULL, failed FROM facts WHERE had > 0 AND failed > 0
UNION ALL SELECT portal_id, 'zero_leads', NULL, most_leads, NULL
    FROM facts WHERE had > 0 AND leads = 0 AND most_leads > 0 AND most is distinct FROM 0
-- Before the last statutory day there may well be fewer: they are still coming.
UNION ALL SELECT portal_id, 'too_few', least, NULL, NULL FROM facts
    WHERE $is_over AND had > 0 AND coalesce(leads, 0) < least AND NOT (leads = 0 AND coalesce(most_leads, 0) > 0)
UNION ALL SELECT portal_id, 'fewer', NULL, last_season, NULL
    FROM facts WHERE $is_over AND had > 0 AND least = 0 AND leads > 0 AND leads < 0.8 * last_season
UNION ALL SELECT portal_id, 'too_many', most, NULL, NULL FROM facts WHERE leads > most;

SELECT f.portal_id, f.name, p.problem, f.leads, p.expected, p.before, p.count,
       (f.ended_at + INTERVAL 8 HOUR)::DATE AS last_harvest,
       (f.good_at + INTERVAL 8 HOUR)::DATE AS good_on
FROM problems p JOIN facts f USING (portal_id)
ORDER BY f.portal_id, p.problem;
