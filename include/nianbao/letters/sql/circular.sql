-- The 通报: one row per body and scope of one report year. Counts are of reports but for `returned` and
-- `corrected`, which are of findings. Null is what nobody can tell: whether a body owed a report that is
-- on no roster, and what is wrong with a report that no rule was asked about.
WITH decided AS (
    SELECT coalesce(r.org_id, e.org_id) AS org_id, coalesce(r.report_year, e.report_year) AS report_year,
        coalesce(r.scope, e.scope) AS scope, any_value(coalesce(r.organisation, e.organisation)) AS printed,
        count(*) FILTER (e.state = 'returned') AS returned,
        count(*) FILTER (e.state = 'corrected') AS corrected
    FROM last_events e LEFT JOIN reports r USING (report_id)
    GROUP BY ALL
),
-- What a reviewer found to be true or a false alarm is nobody's fault, nor is what was read in doubt,
-- unless somebody has looked at it and sent it back.
wrong AS (
    SELECT c.report_id, bool_or(c.severity = 'error') AS errors,
        bool_or(c.severity = 'warning') AS warnings
    FROM check_results c LEFT JOIN last_events e ON e.item_key = c.item_key
    WHERE c.status = 'fail'
      AND (e.state = 'returned'
           OR coalesce(e.state, 'open') IN ('open', 'corrected') AND c.blame IS DISTINCT FROM 'reading')
    GROUP BY c.report_id
),
of_year AS (
    SELECT org_id, scope, c.organisation, c.report_id, c.status, c.reason, c.obliged_by, c.published_on,
        c.deadline, c.as_of, d.printed, d.returned, d.corrected
    FROM (FROM coverage WHERE report_year = $year AND org_id IN (FROM chosen)) c
    FULL JOIN (FROM decided WHERE report_year = $year AND org_id IN (FROM chosen)) d
        USING (org_id, scope)
)
SELECT y.org_id, coalesce(y.organisation, y.printed) AS organisation, y.scope, o.level,
    coalesce(y.obliged_by <> 'none', false) AS listed,
    CASE WHEN y.obliged_by <> 'none' THEN (y.status <> 'not_due')::INTEGER END AS due,
    (y.status IS NOT DISTINCT FROM 'on_time')::INTEGER AS on_time,
    (y.status IS NOT DISTINCT FROM 'late')::INTEGER AS late,
    (y.status IS NOT DISTINCT FROM 'absent')::INTEGER AS absent,
    (y.status IS NOT DISTINCT FROM 'date_unknown')::INTEGER AS date_unknown,
    (y.status IS NOT DISTINCT FROM 'not_seen')::INTEGER AS not_seen,
    CASE WHEN k.report_id IS NOT NULL THEN coalesce(w.errors, false)::INTEGER END AS with_errors,
    CASE WHEN k.report_id IS NOT NULL THEN coalesce(w.warnings, false)::INTEGER END AS with_warnings,
    coalesce(y.returned, 0) AS returned, coalesce(y.corrected, 0) AS corrected,
    y.report_id IS NOT NULL AS has_report, y.status, y.reason, y.published_on, y.deadline,
    CASE WHEN y.status = 'late' THEN date_diff('day', y.deadline, y.published_on) END AS days_late,
    y.as_of
FROM of_year y
LEFT JOIN organisations o USING (org_id)
LEFT JOIN check_reports k ON k.report_id = y.report_id
LEFT JOIN wrong w ON w.report_id = y.report_id
ORDER BY list_position(['area', 'own_level', 'agency'], y.scope), listed DESC,
    list_position(['central', 'province', 'prefecture', 'county', 'township'], o.level) NULLS LAST,
    o.division NULLS LAST, organisation, y.org_id;
