-- How one rule's watched checks ended.
INSERT INTO watched_checks BY NAME
SELECT DISTINCT w.item_key, o.status
FROM outcome o
JOIN (FROM watched WHERE rule_id = getvariable('rule_id')) w USING (report)
WHERE w.item_key = key_of(w.report_id, w.rule_id, o.subject, o.quote);
