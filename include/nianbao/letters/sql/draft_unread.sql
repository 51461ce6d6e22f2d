-- Files of the inbox of drafts that gave no report, with the reason. Run over a file built from drafts alone.
SELECT source_url, portal_id, code, message FROM quarantine
UNION ALL
SELECT DISTINCT ON (f.sha256) f.url, f.portal_id, 'not_read_yet', 'nobody has read the file yet'
FROM fetches f ANTI JOIN documents d USING (sha256)
WHERE f.purpose = 'report' AND f.sha256 IS NOT NULL
ORDER BY source_url, code;
