-- The current reports, numbered, with the body that each is of and the report of the year before.

CREATE TEMP TABLE checked_reports AS
SELECT version AS report, report_id, org_id, report_year, scope, form, sha256, ordinal
FROM report_versions WHERE is_current ORDER BY version;

CREATE TEMP TABLE previous_reports AS
SELECT now.report, before.report AS previous, before.form AS previous_form
FROM checked_reports now
JOIN checked_reports before
  ON before.org_id = now.org_id AND before.scope = now.scope
 AND before.report_year = now.report_year - 1;

-- What is known of each body; a column that the warehouse does not have is empty.
CREATE TEMP TABLE bodies AS
SELECT org_id, name, kind, theme, level, division, registered
FROM (
    SELECT NULL::VARCHAR AS org_id, NULL::VARCHAR AS name, NULL::VARCHAR AS kind,
           NULL::VARCHAR AS theme, NULL::VARCHAR AS level, NULL::VARCHAR AS division,
           NULL::BOOLEAN AS registered
    WHERE false
    UNION ALL BY NAME
    FROM organisations
);

-- The reports whose cells are wanted one by one in `cell_values`: never all of them.
CREATE TEMP TABLE wanted_reports (report INTEGER);
