-- After the cells: the documents that gave them, and all that is text.

INSERT INTO documents BY NAME
SELECT p.sha256, s.portal_id, s.url AS source_url, any_value(p.reader) AS reader,
       any_value(p.reader_version) AS reader_version,
       count(*) FILTER (p.error_code IS NULL) AS reports,
       coalesce(sum(n.cells), 0)::INTEGER AS cells,
       coalesce(sum(n.high::HUGEINT * 4294967296 + n.low), 0)::DECIMAL(38, 0) AS numbers_sum,
       list(p.report_year ORDER BY p.ordinal) AS report_years,
       -- Of a bundle, some members may be reports and others not: these are in `quarantine`.
       CASE WHEN count(*) FILTER (p.error_code IS NULL) = 0 THEN any_value(p.error_code) END
           AS error_code,
       CASE WHEN count(*) FILTER (p.error_code IS NULL) = 0 THEN any_value(p.error_message) END
           AS error_message,
       any_value(s.seen_at) AS first_seen_at
FROM parsed p JOIN sources s USING (sha256) LEFT JOIN cell_counts n USING (sha256, ordinal)
GROUP BY p.sha256, s.portal_id, s.url
ORDER BY p.sha256;

INSERT INTO quarantine BY NAME
SELECT sha256, ordinal, portal_id, d.source_url, p.error_code AS code, p.error_message AS message
FROM parsed p JOIN documents d USING (sha256) WHERE p.error_code IS NOT NULL
UNION ALL
SELECT sha256, ordinal, portal_id, url, 'identity_unknown',
       'the report names no ' || CASE WHEN report_year IS NULL THEN 'report year' ELSE 'organisation' END
FROM identified WHERE report_id IS NULL
ORDER BY ALL;

-- Texts are taken from the parts in the order in which they lie there.
CREATE TEMP VIEW versions_read AS
SELECT v.version, p.* FROM parsed_parts p
JOIN (SELECT c.filename, c.file_row_number, v.version
      FROM parsed c JOIN report_versions v USING (sha256, ordinal)) v USING (filename, file_row_number);

INSERT INTO stored_sections BY NAME
SELECT version, unnest(sections, max_depth := 2) FROM versions_read;

INSERT INTO stored_facts BY NAME
SELECT version, unnest(narrative, recursive := true) FROM versions_read;

INSERT INTO stored_findings BY NAME
SELECT version, unnest(findings, recursive := true) FROM versions_read;

-- What only shows when the documents are laid beside the lists and beside each other.
INSERT INTO stored_findings BY NAME
SELECT DISTINCT version, 'list_disagrees' AS code, 'warning' AS severity,
       format('listed for {} under {}, but prints {}', coalesce(i.lead_report_year::VARCHAR, '?'),
              coalesce(i.lead_agency, '?'), i.title) AS message, '' AS location
FROM identified i JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE i.lead_agency <> i.org_id OR i.lead_report_year <> i.printed_year;

INSERT INTO stored_findings BY NAME
SELECT version, 'several_documents' AS code, 'warning' AS severity,
       'another address serves other bytes for the same report: ' || source_url AS message,
       '' AS location
FROM report_versions
WHERE is_live AND NOT is_current;
