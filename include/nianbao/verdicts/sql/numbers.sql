-- A hash of all numbers of the reports of `wanted_reports`, with their document.
WITH versions AS (
    SELECT * FROM report_versions
    WHERE is_current AND report_id IN (SELECT report_id FROM wanted_reports)
)
SELECT v.report_id, any_value(v.sha256) AS sha256, any_value(v.last_seen_at) AS last_seen_at,
    md5(coalesce(string_agg(concat(l.code, '=', l.raw), chr(10) ORDER BY l.code), '')) AS numbers_digest
FROM versions v
LEFT JOIN (FROM value_lines WHERE version IN (SELECT version FROM versions)) l ON l.version = v.version
GROUP BY v.report_id;
