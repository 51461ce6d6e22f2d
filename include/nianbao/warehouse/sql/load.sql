-- From the sources (views `log_parts` and `parsed_parts`, tables `portals` and `names`) to the
-- stored tables. `names` gives the organisation id for each name as printed, agency of a lead and portal.

-- The same hash as `nianbao.model.report_id_for`; null as soon as one part is unknown.
CREATE TEMP MACRO report_hash(org_id, report_year, scope) AS
    substr(sha256(org_id || '|' || report_year || '|' || scope), 1, 16);

INSERT INTO fetches BY NAME
SELECT * EXCLUDE (etag, last_modified, lead_title, lead_published_on, lead_agency, lead_report_year)
FROM log_parts
ORDER BY run_id, portal_id, url, fetched_at;

-- The newest reader's result for each document, from one part; older parts serve until the new ones
-- are there. A document that waited for a converter has been read again since, into another part.
-- Lists of cells and texts stay in the parts: a corpus of them does not fit any memory.
CREATE TEMP TABLE parsed AS
WITH waiting AS (
    SELECT * EXCLUDE (sections, cells, narrative, findings), bool_or(coalesce(error_code = 'converter_missing', false))
              OVER (PARTITION BY sha256, reader_version, filename) AS is_waiting
    FROM parsed_parts
)
SELECT * EXCLUDE (is_waiting) FROM waiting
QUALIFY dense_rank() OVER (
    PARTITION BY sha256 ORDER BY try_cast(reader_version AS INTEGER) DESC, is_waiting, filename
) = 1;

-- Which bytes each address served, first and last, and whether it still does: a page that was
-- taken down or changed since is not live. Drafts never enter.
CREATE TEMP TABLE withdrawn AS
SELECT portal_id, url, max(fetched_at) AS gone_at
FROM log_parts WHERE purpose = 'report' AND outcome = 'gone'
GROUP BY portal_id, url;

CREATE TEMP TABLE sightings AS
SELECT portal_id, url, sha256,
       min(fetched_at) AS first_seen_at, max(fetched_at) AS last_seen_at,
       max(fetched_at) = max(max(fetched_at)) OVER (PARTITION BY portal_id, url)
           AND coalesce(max(fetched_at) > any_value(gone_at), true) AS is_live,
       arg_max(lead_agency, fetched_at) AS lead_agency,
       arg_max(lead_report_year, fetched_at) AS lead_report_year,
       arg_max(lead_published_on, fetched_at) AS lead_published_on
FROM log_parts JOIN portals USING (portal_id) LEFT JOIN withdrawn USING (portal_id, url)
WHERE purpose = 'report' AND sha256 IS NOT NULL AND stage = 'published'
GROUP BY portal_id, url, sha256;

-- One address stands for each document: a portal's before the inbox's, then by name.
CREATE TEMP TABLE sources AS
SELECT *, min(first_seen_at) OVER (PARTITION BY sha256) AS seen_at
FROM sightings JOIN (SELECT portal_id, family FROM portals) USING (portal_id)
QUALIFY row_number() OVER (
    PARTITION BY sha256 ORDER BY is_live DESC, family = 'inbox', portal_id, url) = 1;

-- A report without an organisation of its own takes the one that the portal lists it under.
CREATE TEMP TABLE identified AS
SELECT p.* EXCLUDE (published_on), s.portal_id, s.url,
       n.org_id, p.report_year AS printed_year,
       coalesce(p.published_on, s.lead_published_on) AS published_on,
       s.lead_agency, s.lead_report_year, s.first_seen_at, s.last_seen_at, s.is_live, s.family,
       report_hash(n.org_id, p.report_year, p.scope) AS report_id
FROM parsed p
JOIN (SELECT * FROM sightings JOIN (SELECT portal_id, family FROM portals) USING (portal_id)) s
    USING (sha256)
LEFT JOIN names n
    ON n.organisation = p.organisation AND n.lead_agency IS NOT DISTINCT FROM s.lead_agency
   AND n.portal_id = s.portal_id
WHERE p.error_code IS NULL
-- The same bytes on two sites are one body's report, whatever each site makes of its short name.
QUALIFY p.organisation = '' OR dense_rank() OVER (
    PARTITION BY p.sha256, p.ordinal ORDER BY n.rank, n.org_id) = 1;

-- Of several live documents of one report the latest published counts; the address breaks ties, so
-- that the choice never hangs on which request came first. Versions are numbered by what they are, so
-- that the same sources give the same numbers, and those of one form side by side.
INSERT INTO report_versions BY NAME
WITH versions AS (
    SELECT * REPLACE (
               min(first_seen_at) OVER document AS first_seen_at,
               max(last_seen_at) OVER document AS last_seen_at)
    FROM identified WHERE report_id IS NOT NULL
    WINDOW document AS (PARTITION BY report_id, sha256, ordinal)
    QUALIFY row_number() OVER (
        PARTITION BY report_id, sha256, ordinal
        ORDER BY is_live DESC, family = 'inbox', portal_id, url) = 1
),
ranked AS (
    SELECT *, row_number() OVER (
               PARTITION BY report_id
               ORDER BY is_live DESC, published_on DESC NULLS LAST, family = 'inbox', portal_id, url,
                        ordinal, sha256) = 1 AS is_current
    FROM versions
)
SELECT report_id, sha256, ordinal, org_id, organisation, report_year, scope, form, title,
       published_on, url AS source_url, portal_id, first_seen_at, last_seen_at, is_live, is_current,
       CASE WHEN NOT is_current THEN first_value(sha256) OVER (
           PARTITION BY report_id ORDER BY is_current DESC) END AS superseded_by,
       row_number() OVER (ORDER BY form, report_year, report_id, sha256, ordinal) AS version
FROM ranked
ORDER BY version;
