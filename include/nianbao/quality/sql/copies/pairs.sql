-- The pairs that are one text. Of a body's own years the one before counts; of other bodies the most
-- similar, then the oldest.

-- A quarter of a section's bands shared by many bodies: the section is a template's.
CREATE TEMP TABLE template_sections AS
SELECT section, max(bodies) AS bodies FROM common_bands
GROUP BY section HAVING count(*) >= getvariable('copies_bands') / 4;

CREATE TEMP TABLE compared_pairs AS
WITH own AS (
    SELECT 'last_year' AS kind, a.section, b.section AS other
    FROM signed_sections a
    JOIN previous_reports p USING (report)
    JOIN signed_sections b ON b.report = p.previous AND b.code = a.code
),
others AS (SELECT DISTINCT 'other_agency' AS kind, section, other FROM meetings),
pairs AS (FROM own UNION ALL FROM others),
compared AS (
    SELECT p.kind, p.section, p.other, a.report, a.code, a.org_id, b.org_id AS other_org_id,
           b.report_year AS other_year, b.report AS other_report, ({equal_places}) / {size}::DOUBLE AS similarity
    FROM pairs p
    JOIN signed_sections a ON a.section = p.section
    JOIN signed_sections b ON b.section = p.other
)
FROM compared c
WHERE similarity >= getvariable('copies_similarity')
  -- A template is nobody's; a body and its forerunner are one.
  AND (kind = 'last_year' OR (
      c.section NOT IN (SELECT section FROM template_sections)
      AND NOT EXISTS (FROM organisation_successions s WHERE s.org_id = c.other_org_id AND s.successor_id = c.org_id)
      AND NOT EXISTS (FROM organisation_successions s WHERE s.org_id = c.org_id AND s.successor_id = c.other_org_id)))
QUALIFY row_number() OVER (PARTITION BY kind, report, code ORDER BY similarity DESC, other_year, other) = 1;

INSERT INTO copied_sections BY NAME
SELECT c.kind, c.similarity, a.report_id, a.sha256, a.ordinal, t.code, t.location, t.text,
       b.report_id AS other_report_id, b.sha256 AS other_sha256, b.ordinal AS other_ordinal,
       u.location AS other_location, u.text AS other_text
FROM compared_pairs c
JOIN stored_sections t ON t.rowid = c.section
JOIN stored_sections u ON u.rowid = c.other
JOIN report_versions a ON a.version = t.version
JOIN report_versions b ON b.version = u.version
ORDER BY a.report_id, c.kind, t.code;
