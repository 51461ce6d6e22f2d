-- Documents that gave no report, by the reason. They belong to nobody yet, so they are in no share.
SELECT code, count(*) AS documents, any_value(message ORDER BY sha256, ordinal) AS example
FROM quarantine GROUP BY code ORDER BY documents DESC, code;
