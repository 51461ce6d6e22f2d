-- The draft of each report that counts: of those still in the inbox the one that came last. Run over a
-- file built from drafts alone.
SELECT report_id, org_id, organisation, report_year, scope, form, source_url, portal_id, first_seen_at,
    version, is_live, coalesce(o.division_2020, o.division) AS place,
    count(*) OVER (PARTITION BY report_id) AS drafts
FROM report_versions LEFT JOIN (SELECT org_id, division_2020, division FROM organisations) o USING (org_id)
QUALIFY row_number() OVER (
    PARTITION BY report_id ORDER BY is_live DESC, first_seen_at DESC, source_url DESC, sha256, ordinal) = 1
ORDER BY organisation, report_year, scope, report_id;
