-- What the rules found in the version before (`before`) and in this one (`now`), rule by rule: a finding is
-- the same where report, rule and subject are.
WITH old_rows AS (SELECT report_id, rule_id, subject FROM before.check_results WHERE status = 'fail'),
new_rows AS (SELECT report_id, rule_id, subject FROM now.check_results WHERE status = 'fail'),
appeared AS (SELECT rule_id, count(*) AS appeared FROM (FROM new_rows EXCEPT ALL FROM old_rows) GROUP BY rule_id),
gone AS (SELECT rule_id, count(*) AS gone FROM (FROM old_rows EXCEPT ALL FROM new_rows) GROUP BY rule_id),
was AS (SELECT rule_id, count(*) AS was FROM old_rows GROUP BY rule_id),
is_now AS (SELECT rule_id, count(*) AS is_now FROM new_rows GROUP BY rule_id),
joined AS (
    SELECT rule_id, coalesce(n.title_zh, o.title_zh) AS title_zh, coalesce(n.title_en, o.title_en) AS title_en,
        coalesce(n.severity, o.severity) AS severity,
        CASE WHEN o.rule_id IS NULL THEN 'new' WHEN n.rule_id IS NULL THEN 'dropped'
             WHEN o.rule_version IS DISTINCT FROM n.rule_version THEN 'changed' END AS rule_change
    FROM now.check_rules n FULL JOIN before.check_rules o USING (rule_id)
),
compared AS (
    SELECT j.*, coalesce(w.was, 0) AS was, coalesce(i.is_now, 0) AS is_now,
        coalesce(a.appeared, 0) AS appeared, coalesce(g.gone, 0) AS gone
    FROM joined j LEFT JOIN was w USING (rule_id) LEFT JOIN is_now i USING (rule_id)
    LEFT JOIN appeared a USING (rule_id) LEFT JOIN gone g USING (rule_id)
)
FROM compared WHERE appeared > 0 OR gone > 0 OR rule_change IS NOT NULL
ORDER BY list_position(['error', 'warning', 'info'], severity), rule_id;
