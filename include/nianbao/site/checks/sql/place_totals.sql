-- Reports and failed checks of every place with what lies in it.
WITH members AS (
    SELECT division,
        unnest(list_distinct(['000000', left(division, 2) || '0000', left(division, 4) || '00', division])) AS place
    FROM report_tally WHERE division IS NOT NULL
    UNION ALL SELECT NULL, unnest(['000000', 'none']) WHERE EXISTS (FROM report_tally WHERE division IS NULL)
)
SELECT place, sum(reports)::BIGINT AS reports, sum(bodies)::BIGINT AS bodies,
    sum(with_errors)::BIGINT AS with_errors, sum(with_warnings)::BIGINT AS with_warnings,
    sum(errors)::BIGINT AS errors, sum(warnings)::BIGINT AS warnings, sum(infos)::BIGINT AS infos,
    sum(not_assessable)::BIGINT AS not_assessable
FROM report_tally t JOIN members m ON m.division IS NOT DISTINCT FROM t.division
GROUP BY place ORDER BY place;
