-- What reviewers decided, joined to what the rules found. The latest step of an item is its state.
CREATE VIEW verdict_states AS
SELECT * FROM verdict_events
QUALIFY row_number() OVER (PARTITION BY item_key ORDER BY step DESC) = 1;

CREATE VIEW check_results AS
SELECT c.*,
    CASE WHEN c.status = 'fail' THEN coalesce(v.state, 'open') END AS state,
    v.who AS state_by, v.automatic AS state_automatic, v.decided_at AS state_at, v.reason AS state_reason
FROM stored_checks c LEFT JOIN verdict_states v ON v.item_key = c.item_key;

CREATE VIEW verdict_history AS
SELECT v.item_key, v.step, v.report_id, v.org_id, v.organisation, v.report_year, v.scope,
    v.rule_id, v.rule_version, r.severity, r.title_zh, r.title_en, v.subject, v.subject_zh, v.finding,
    v.state, CASE v.state WHEN 'returned' THEN '已退回' WHEN 'corrected' THEN '已更正'
        WHEN 'confirmed' THEN '情况属实' WHEN 'false_alarm' THEN '误报' ELSE '待核' END AS state_zh,
    v.opinion, v.responsible, v.due_on, v.remark, v.reason, v.who, v.decided_at, v.automatic,
    v.judged_before, v.judged, v.sha256, s.standing, s.rule_changed
FROM verdict_events v
LEFT JOIN check_rules r ON r.rule_id = v.rule_id
LEFT JOIN verdict_standing s ON s.item_key = v.item_key;

-- Findings that still want something from somebody: those that fail and are not settled, and those sent
-- back of which the build can no longer tell.
CREATE VIEW open_items AS
WITH failing AS (
    SELECT c.item_key, any_value(c.report_id) AS report_id, any_value(c.rule_id) AS rule_id,
        min(c.subject) AS subject, arg_min(c.subject_zh, c.subject) AS subject_zh,
        arg_min(c.message_zh, c.subject) AS message_zh, arg_min(c.message_en, c.subject) AS message_en,
        any_value(c.severity) AS severity, any_value(c.blame) AS blame, any_value(c.state) AS state
    FROM check_results c
    WHERE c.status = 'fail' AND c.state IN ('open', 'returned')
      AND (c.severity IN ('error', 'warning') OR c.state_at IS NOT NULL)
    GROUP BY c.item_key
),
lost AS (
    SELECT v.item_key, v.report_id, v.rule_id, v.subject, v.subject_zh, v.finding AS message_zh,
        NULL::VARCHAR AS message_en, NULL::VARCHAR AS severity, NULL::VARCHAR AS blame, v.state
    FROM verdict_states v ANTI JOIN failing f ON f.item_key = v.item_key
    WHERE v.state IN ('open', 'returned')
),
items AS (FROM failing UNION ALL BY NAME FROM lost)
SELECT i.item_key, i.report_id, coalesce(r.org_id, v.org_id) AS org_id,
    coalesce(r.organisation, v.organisation) AS organisation,
    coalesce(r.report_year, v.report_year) AS report_year, coalesce(r.scope, v.scope) AS scope,
    i.rule_id, u.title_zh, u.title_en, coalesce(i.severity, u.severity) AS severity, i.subject,
    i.subject_zh, i.message_zh, i.message_en, i.blame, i.state, v.responsible, v.due_on, v.remark,
    v.reason, v.who, v.decided_at, coalesce(s.standing, 'fails') AS standing,
    coalesce(s.rule_changed, false) AS rule_changed, r.source_url
FROM items i
LEFT JOIN reports r ON r.report_id = i.report_id
LEFT JOIN check_rules u ON u.rule_id = i.rule_id
LEFT JOIN verdict_states v ON v.item_key = i.item_key
LEFT JOIN verdict_standing s ON s.item_key = i.item_key;
