-- Failing rules by the places where bodies lie; null where that is unknown.
SELECT rule_id, division, sum(failed)::BIGINT AS failed, sum(not_assessable)::BIGINT AS not_assessable,
    sum(reports)::BIGINT AS reports
FROM tally GROUP BY ALL HAVING sum(failed) > 0 OR sum(not_assessable) > 0 ORDER BY rule_id, division;
