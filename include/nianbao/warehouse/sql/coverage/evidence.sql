-- What the log proves about a portal in a report year. Only a harvest that came to its end, began
-- after the deadline, was after that year, and read every list page is evidence of absence.

CREATE TEMP TABLE harvests AS
SELECT portal_id, run_id,
       (min(fetched_at) + INTERVAL 8 HOUR)::DATE AS began_on, min(fetched_at) AS began_at,
       count(*) FILTER (purpose = 'list') AS lists,
       bool_or(outcome = 'blocked') FILTER (purpose <> 'report') AS is_blocked,
       bool_or(outcome = 'refused_by_robots') FILTER (purpose <> 'report') AS is_refused,
       bool_or(outcome NOT IN ('fetched', 'unchanged', 'changed')) FILTER (purpose = 'list') AS is_broken
FROM log_parts GROUP BY portal_id, run_id;

-- The newest of them by portal and year; those that were after any year stand under no year.
CREATE TEMP TABLE whole_harvests AS
SELECT portal_id, report_year, max(began_on) AS began_on, max(began_at) AS began_at
FROM (
    SELECT portal_id, began_on, began_at, unnest(coalesce(years, [NULL])) AS report_year
    FROM harvests JOIN asked USING (portal_id, run_id)
    WHERE lists > 0 AND NOT is_broken
)
GROUP BY portal_id, report_year;

-- How far back a portal goes: as its record says, else by the oldest report that it listed.
CREATE TEMP TABLE reach AS
SELECT p.portal_id, p.family, p.enabled, p.empty_years, p.is_empty,
       coalesce(p.first_year, l.first_year) AS first_year, coalesce(p.last_year, 9999) AS last_year,
       l.has_lists, coalesce(l.has_pages, false) AS has_pages, l.portal_id IS NOT NULL AS is_harvested
FROM portal_records p LEFT JOIN (
    SELECT portal_id, min(lead_report_year) FILTER (lead_title <> '') AS first_year,
           bool_or(purpose = 'list') AS has_lists,
           bool_or(purpose = 'report' AND lead_title = '' AND lead_agency IS NOT NULL) AS has_pages
    FROM log_parts GROUP BY portal_id
) l USING (portal_id);

-- The latest word on each address.
CREATE TEMP TABLE latest AS
SELECT portal_id, url, lead_title, lead_agency, lead_report_year, outcome, status, sha256,
       fetched_at, message
FROM log_parts WHERE purpose = 'report'
QUALIFY row_number() OVER (PARTITION BY portal_id, url ORDER BY fetched_at DESC, outcome) = 1;

-- A page that a site keeps for one agency and year, and that says there is nothing. An empty shell is
-- served with status 200, and the crawl calls it blocked.
CREATE TEMP TABLE empty_pages AS
SELECT portal_id, lead_agency AS org_id, lead_report_year AS report_year,
       (max(fetched_at) + INTERVAL 8 HOUR)::DATE AS checked_on
FROM latest
WHERE lead_title = '' AND lead_agency IS NOT NULL
GROUP BY ALL
HAVING bool_and(outcome = 'gone' OR (outcome = 'blocked' AND status = 200));

-- Documents that were listed and that nobody could read: each may be the report that seems absent.
CREATE TEMP TABLE unread AS
SELECT l.portal_id, l.url, l.lead_title, l.lead_agency, l.lead_report_year, l.fetched_at,
       CASE WHEN l.sha256 IS NULL THEN l.outcome
            WHEN q.sha256 IS NOT NULL THEN 'quarantined' ELSE 'waiting' END AS trouble
FROM latest l
LEFT JOIN (SELECT DISTINCT sha256 FROM quarantine) q USING (sha256)
LEFT JOIN (SELECT DISTINCT sha256 FROM parsed_parts) p USING (sha256)
WHERE (l.sha256 IS NULL OR q.sha256 IS NOT NULL OR p.sha256 IS NULL)
  AND NOT (l.lead_title = '' AND l.lead_agency IS NOT NULL
           AND (l.outcome = 'gone' OR (l.outcome = 'blocked' AND l.status = 200)));

-- The bodies of each portal, as records say or as reports show.
CREATE TEMP TABLE there AS
SELECT portal_id, org_id FROM body_portals UNION SELECT portal_id, org_id FROM report_versions;

-- Which bodies the titles name, on their own portals. The first three characters of a name are looked
-- up among all threes of a title: each name held against each title would grow with the square.
CREATE TEMP TABLE titled AS
WITH names AS (
    SELECT portal_id, org_id, core, substr(core, 1, 3) AS begins
    FROM there JOIN bodies USING (org_id) WHERE length(core) > 2
),
titles AS (SELECT DISTINCT portal_id, lead_title FROM unread WHERE lead_agency IS NULL),
threes AS (
    SELECT DISTINCT portal_id, lead_title, substr(lead_title, start, 3) AS begins
    FROM (SELECT *, unnest(range(1, length(lead_title) - 1)) AS start FROM titles)
)
SELECT portal_id, lead_title, org_id
FROM threes JOIN names USING (portal_id, begins) WHERE contains(lead_title, core);

-- Whose each of them may be: the list's agency's, or that of whoever its title names; else anybody's
-- ('?'). What could not be had is asked for by every harvest that finds it listed, so that only what
-- was asked for since the last of them counts; what was had and is not read stays (infinity).
CREATE TEMP TABLE suspects AS
SELECT u.portal_id, coalesce(l.org_id, t.org_id, '?') AS org_id,
       coalesce(u.lead_report_year, 0) AS report_year,
       max(CASE WHEN trouble IN ('quarantined', 'waiting') THEN TIMESTAMP 'infinity'
                ELSE fetched_at END) AS last_at
FROM unread u
LEFT JOIN titled t ON u.lead_agency IS NULL AND (t.portal_id, t.lead_title) = (u.portal_id, u.lead_title)
LEFT JOIN there l ON (l.portal_id, l.org_id) = (u.portal_id, u.lead_agency)
GROUP BY ALL;
