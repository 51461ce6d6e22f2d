-- How the findings that were decided on stand in this build. A subject that a rule no longer speaks of is
-- a pass where the rule could judge the whole report: it names subjects only as long as they fail. A
-- sentence is named by its words: while the rule still fails in the report, one that is gone may stand
-- there in other words, and nobody can tell but by reading.
WITH lasts AS (FROM verdict_states),
ended AS (
    SELECT item_key, bool_or(status = 'fail') AS fails, bool_or(status = 'not_assessable') AS unknown
    FROM watched_checks GROUP BY item_key
)
SELECT l.item_key,
    CASE WHEN u.rule_id IS NULL THEN 'rule_gone'
         WHEN r.report_id IS NULL THEN 'report_gone'
         WHEN e.fails THEN 'fails'
         WHEN e.unknown THEN 'not_assessable'
         WHEN e.item_key IS NOT NULL THEN 'passes'
         WHEN n.report_id IS NULL THEN 'not_asked'
         WHEN n.not_assessable > 0 THEN 'not_assessable'
         WHEN n.failed > 0 AND regexp_matches(l.subject, '^[a-z]\d') THEN 'reworded'
         ELSE 'passes' END AS standing,
    coalesce(u.rule_version, l.rule_version) AS rule_version,
    coalesce(u.rule_version <> l.rule_version, false) AS rule_changed
FROM lasts l
LEFT JOIN check_rules u ON u.rule_id = l.rule_id
LEFT JOIN reports r ON r.report_id = l.report_id
LEFT JOIN ended e ON e.item_key = l.item_key
LEFT JOIN (
    SELECT * FROM check_counts
    WHERE report_id IN (SELECT report_id FROM verdict_events) AND passed + failed + not_assessable > 0
) n ON n.report_id = l.report_id AND n.rule_id = l.rule_id
ORDER BY l.item_key;
