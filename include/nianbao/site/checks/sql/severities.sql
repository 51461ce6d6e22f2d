-- Failed checks by severity, with whose fault they are and what became of them.
SELECT c.severity, count(*) AS failed, count(DISTINCT c.report_id) AS reports,
    count(DISTINCT r.org_id) AS bodies,
    count(*) FILTER (blame = 'publisher') AS publisher, count(*) FILTER (blame = 'reading') AS reading,
    count(*) FILTER (coalesce(blame, 'unclear') = 'unclear') AS unclear,
    count(*) FILTER (coalesce(state, 'open') = 'open' AND (c.severity <> 'info' OR state_at IS NOT NULL)) AS open, count(*) FILTER (state = 'returned') AS returned,
    count(*) FILTER (state = 'corrected') AS corrected, count(*) FILTER (state = 'confirmed') AS confirmed,
    count(*) FILTER (state = 'false_alarm') AS false_alarm
FROM check_results c JOIN reports r USING (report_id) JOIN wanted USING (org_id)
GROUP BY c.severity ORDER BY list_position(['error', 'warning', 'info'], c.severity);
