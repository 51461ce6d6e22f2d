-- Documents that gave no report, by the reason.
SELECT code, count(*) AS documents, min(message) AS example
FROM quarantine GROUP BY code ORDER BY documents DESC, code;
