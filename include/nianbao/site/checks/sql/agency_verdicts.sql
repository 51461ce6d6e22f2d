-- What was decided on the findings of some bodies, the latest first; times are Chinese ones.
SELECT org_id, report_year, scope, rule_id, title_zh, title_en, finding, state, responsible,
    due_on::VARCHAR AS due_on, reason, who, automatic,
    strftime(decided_at + INTERVAL 8 HOUR, '%Y-%m-%d %H:%M') AS decided
FROM verdict_history
WHERE org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY org_id, decided DESC, item_key, step DESC;
