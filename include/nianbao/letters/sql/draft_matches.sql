-- Each draft with the published report that it became: the one of the same id, else the only one of its
-- year and scope whose body goes by its name in its place. Namesakes elsewhere are other bodies: where
-- either place is not known, a name tells something only if one body alone has it. Run over the published
-- file; the drafts are handed in.
CREATE OR REPLACE TEMP TABLE draft_matches AS
WITH places AS (SELECT org_id, coalesce(division_2020, division) AS place FROM organisations),
-- An id that was made of a name is the body's own only where its place is known.
own AS (
    SELECT d.report_id AS draft_id, r.report_id
    FROM drafts d JOIN reports r USING (report_id) JOIN places p ON p.org_id = r.org_id
    WHERE NOT starts_with(r.org_id, 'name-') OR p.place = d.place
),
named AS (
    SELECT d.report_id AS draft_id, d.place, n.org_id
    FROM drafts d JOIN organisation_names n ON n.normalised = d.name_normalised
    UNION
    SELECT report_id, place, org_id FROM drafts
),
bodies AS (
    SELECT n.draft_id, n.org_id, p.place = n.place AS is_there
    FROM named n JOIN places p USING (org_id)
    WHERE n.draft_id NOT IN (SELECT draft_id FROM own)
),
candidates AS (
    SELECT draft_id, org_id, is_there IS NULL AND count(*) OVER (PARTITION BY draft_id) > 1 AS doubtful
    FROM bodies
    QUALIFY is_there OR is_there IS NULL AND NOT bool_or(coalesce(is_there, false)) OVER (PARTITION BY draft_id)
),
found AS (
    SELECT draft_id, report_id, false AS several FROM own
    UNION ALL
    SELECT c.draft_id, min(r.report_id), count(DISTINCT r.report_id) > 1 OR bool_or(c.doubtful)
    FROM candidates c
    JOIN drafts d ON d.report_id = c.draft_id
    JOIN reports r ON (r.org_id, r.report_year, r.scope) = (c.org_id, d.report_year, d.scope)
    GROUP BY c.draft_id
)
-- A body that has another name since has drafts under both: as one report they are compared once.
SELECT d.* REPLACE (
        CASE WHEN r.report_id IS NULL THEN d.drafts
             ELSE sum(d.drafts) OVER (PARTITION BY r.report_id) END::BIGINT AS drafts),
    r.report_id AS published_id, r.org_id AS published_org_id, r.form AS published_form,
    r.source_url AS published_url, r.first_seen_at AS published_seen_at,
    CASE WHEN f.several THEN 'several_reports' WHEN r.report_id IS NULL THEN 'not_published'
         WHEN r.form <> d.form THEN 'another_form'
         WHEN d.form = 'none' THEN 'no_tables' ELSE 'comparable' END AS state
FROM drafts d
LEFT JOIN found f ON f.draft_id = d.report_id
LEFT JOIN reports r ON r.report_id = f.report_id AND NOT f.several
QUALIFY r.report_id IS NULL OR row_number() OVER (
    PARTITION BY r.report_id ORDER BY d.is_live DESC, d.first_seen_at DESC, d.report_id) = 1;
