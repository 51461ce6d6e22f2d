-- Every rule with what its checks came to.
WITH counted AS (
    SELECT rule_id, sum(passed)::BIGINT AS passed, sum(failed)::BIGINT AS failed,
        sum(not_assessable)::BIGINT AS not_assessable, sum(reports)::BIGINT AS reports
    FROM tally GROUP BY rule_id
)
SELECT u.*, coalesce(passed, 0) AS passed, coalesce(failed, 0) AS failed,
    coalesce(not_assessable, 0) AS not_assessable, coalesce(reports, 0) AS reports
FROM check_rules u LEFT JOIN counted USING (rule_id)
ORDER BY list_position(['error', 'warning', 'info'], u.severity), failed DESC, rule_id;
