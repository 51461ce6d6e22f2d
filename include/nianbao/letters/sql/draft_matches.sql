-- Each draft with the published report that it became: the one of the same id, else the only one of its
-- year and scope whose body goes by its name. Run over the published file; the drafts are handed in.
CREATE OR REPLACE TEMP TABLE draft_matches AS
WITH named AS (
    SELECT d.report_id AS draft_id, min(r.report_id) AS report_id, count(DISTINCT r.report_id) AS found
    FROM drafts d
    JOIN organisation_names n ON n.normalised = d.name_normalised
    JOIN reports r ON (r.org_id, r.report_year, r.scope) = (n.org_id, d.report_year, d.scope)
    WHERE d.report_id NOT IN (SELECT report_id FROM reports)
    GROUP BY d.report_id
)
SELECT d.*, r.report_id AS published_id, r.org_id AS published_org_id, r.form AS published_form,
    r.source_url AS published_url, r.first_seen_at AS published_seen_at,
    CASE WHEN n.found > 1 THEN 'several_reports' WHEN r.report_id IS NULL THEN 'not_published'
         WHEN r.form <> d.form THEN 'another_form'
         WHEN d.form = 'none' THEN 'no_tables' ELSE 'comparable' END AS state
FROM drafts d
LEFT JOIN named n ON n.draft_id = d.report_id
LEFT JOIN reports r
    ON r.report_id = CASE WHEN n.draft_id IS NULL THEN d.report_id WHEN n.found = 1 THEN n.report_id END;
