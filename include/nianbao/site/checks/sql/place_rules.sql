-- What the rules found in some places and what lies in them.
WITH members AS (
    SELECT DISTINCT division,
        unnest(list_distinct(['000000', left(division, 2) || '0000', left(division, 4) || '00', division])) AS place
    FROM tally WHERE division IS NOT NULL
    UNION ALL SELECT NULL, '000000' WHERE EXISTS (FROM tally WHERE division IS NULL)
    UNION ALL SELECT NULL, 'none' WHERE EXISTS (FROM tally WHERE division IS NULL)
)
SELECT place, rule_id, sum(failed)::BIGINT AS failed, sum(not_assessable)::BIGINT AS not_assessable,
    sum(reports)::BIGINT AS reports
FROM tally t JOIN members m ON m.division IS NOT DISTINCT FROM t.division
WHERE place IN (SELECT unnest(getvariable('places')))
GROUP BY place, rule_id HAVING sum(failed) > 0 OR sum(not_assessable) > 0;
