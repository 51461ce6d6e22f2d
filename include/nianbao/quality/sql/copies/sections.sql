-- The sections that are long enough to be compared, by their place in stored_sections. Bodies are
-- numbered: a band is grouped by them.
CREATE TEMP TABLE signed_sections AS
WITH chosen AS (
    SELECT s.rowid AS section, v.report, r.org_id, v.report_year, s.code, s.location,
           s.signature::UINTEGER[] AS signature
    FROM stored_sections s
    JOIN checked_versions v USING (version)
    JOIN checked_reports r USING (report)
    JOIN long_enough l ON l.code = s.code AND length(s.text) >= l.shortest
    WHERE s.signature IS NOT NULL
),
bodies_of AS (
    SELECT org_id, row_number() OVER (ORDER BY org_id)::INTEGER AS body FROM (SELECT DISTINCT org_id FROM chosen)
)
SELECT section, report, body, org_id, report_year, code, location, signature FROM chosen JOIN bodies_of USING (org_id);

-- Sections that meet in a band, and sections' bands that many bodies share.
CREATE TEMP TABLE meetings (section BIGINT, other BIGINT);
CREATE TEMP TABLE common_bands (section BIGINT, bodies INTEGER);
