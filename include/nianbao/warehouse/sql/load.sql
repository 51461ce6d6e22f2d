-- From the sources (views `log_parts` and `parsed_parts`, tables `portals` and `names`) to the
-- stored tables. `names` gives the organisation id for each name as printed and agency of a lead.

-- The same hash as `nianbao.model.report_id_for`; null as soon as one part is unknown.
CREATE TEMP MACRO report_hash(org_id, report_year, scope) AS
    substr(sha256(org_id || '|' || report_year || '|' || scope), 1, 16);

INSERT INTO fetches BY NAME
SELECT * EXCLUDE (etag, last_modified, lead_title, lead_published_on, lead_agency, lead_report_year)
FROM log_parts
ORDER BY run_id, portal_id, url, fetched_at;

-- The newest reader's result for each document, from one part; older parts serve until the new ones
-- are there. A document that waited for a converter has been read again since, into another part.
CREATE TEMP TABLE parsed AS
WITH waiting AS (
    SELECT *, bool_or(coalesce(error_code = 'converter_missing', false))
              OVER (PARTITION BY sha256, reader_version, filename) AS is_waiting
    FROM parsed_parts
)
SELECT * EXCLUDE (is_waiting, filename) FROM waiting
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

INSERT INTO documents BY NAME
SELECT p.sha256, s.portal_id, s.url AS source_url, any_value(p.reader) AS reader,
       any_value(p.reader_version) AS reader_version,
       count(*) FILTER (p.error_code IS NULL) AS reports,
       coalesce(sum(len(p.cells)), 0)::INTEGER AS cells,
       -- Of a bundle, some members may be reports and others not: these are in `quarantine`.
       CASE WHEN count(*) FILTER (p.error_code IS NULL) = 0 THEN any_value(p.error_code) END
           AS error_code,
       CASE WHEN count(*) FILTER (p.error_code IS NULL) = 0 THEN any_value(p.error_message) END
           AS error_message,
       any_value(s.seen_at) AS first_seen_at
FROM parsed p JOIN sources s USING (sha256)
GROUP BY p.sha256, s.portal_id, s.url
ORDER BY p.sha256;

-- A report without an organisation of its own takes the one that the portal lists it under.
CREATE TEMP TABLE identified AS
SELECT p.* EXCLUDE (published_on, sections, cells, narrative, findings), s.portal_id, s.url,
       n.org_id, p.report_year AS printed_year,
       coalesce(p.published_on, s.lead_published_on) AS published_on,
       s.lead_agency, s.lead_report_year, s.first_seen_at, s.last_seen_at, s.is_live, s.family,
       report_hash(n.org_id, p.report_year, p.scope) AS report_id
FROM parsed p
JOIN (SELECT * FROM sightings JOIN (SELECT portal_id, family FROM portals) USING (portal_id)) s
    USING (sha256)
LEFT JOIN names n
    ON n.organisation = p.organisation AND n.lead_agency IS NOT DISTINCT FROM s.lead_agency
WHERE p.error_code IS NULL;

INSERT INTO quarantine BY NAME
SELECT sha256, ordinal, portal_id, d.source_url, p.error_code AS code, p.error_message AS message
FROM parsed p JOIN documents d USING (sha256) WHERE p.error_code IS NOT NULL
UNION ALL
SELECT sha256, ordinal, portal_id, url, 'identity_unknown',
       'the report names no ' || CASE WHEN report_year IS NULL THEN 'report year' ELSE 'organisation' END
FROM identified WHERE report_id IS NULL
ORDER BY ALL;

-- Of several live documents of one report the latest published counts; the address breaks ties, so
-- that the choice never hangs on which request came first.
INSERT INTO report_versions BY NAME
WITH versions AS (
    SELECT * FROM identified WHERE report_id IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY report_id, sha256, ordinal
        ORDER BY is_live DESC, family = 'inbox', portal_id, url) = 1
)
SELECT report_id, sha256, ordinal, org_id, organisation, report_year, scope, form, title,
       published_on, url AS source_url, portal_id, first_seen_at, last_seen_at, is_live,
       row_number() OVER (
           PARTITION BY report_id
           ORDER BY is_live DESC, published_on DESC NULLS LAST, family = 'inbox', portal_id, url,
                    ordinal, sha256) = 1 AS is_current
FROM versions
ORDER BY report_id, sha256, ordinal;

INSERT INTO cells BY NAME
SELECT report_id, sha256, ordinal, unnest(cells, recursive := true)
FROM (
    SELECT v.report_id, v.sha256, v.ordinal, p.cells
    FROM report_versions v JOIN parsed p USING (sha256, ordinal)
    ORDER BY v.report_id, v.sha256, v.ordinal
);

INSERT INTO sections BY NAME
SELECT v.report_id, v.sha256, v.ordinal, unnest(p.sections, max_depth := 2)
FROM report_versions v JOIN parsed p USING (sha256, ordinal);

INSERT INTO facts BY NAME
SELECT v.report_id, v.sha256, v.ordinal, unnest(p.narrative, recursive := true)
FROM report_versions v JOIN parsed p USING (sha256, ordinal);

INSERT INTO version_findings BY NAME
SELECT v.report_id, v.sha256, v.ordinal, unnest(p.findings, recursive := true)
FROM report_versions v JOIN parsed p USING (sha256, ordinal);

-- What only shows when the documents are laid beside the lists and beside each other.
INSERT INTO version_findings BY NAME
SELECT DISTINCT report_id, sha256, ordinal, 'list_disagrees' AS code, 'warning' AS severity,
       format('listed for {} under {}, but prints {}', coalesce(lead_report_year::VARCHAR, '?'),
              coalesce(lead_agency, '?'), title) AS message, '' AS location
FROM identified
WHERE report_id IS NOT NULL
  AND (lead_agency <> org_id OR lead_report_year <> printed_year);

INSERT INTO version_findings BY NAME
SELECT report_id, sha256, ordinal, 'several_documents' AS code, 'warning' AS severity,
       'another address serves other bytes for the same report: ' || source_url AS message,
       '' AS location
FROM report_versions
WHERE is_live AND NOT is_current;
