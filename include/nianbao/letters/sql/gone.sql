-- Items in the states asked for that this version does not find any more: no letter can ask for them.
SELECT count(*) AS items
FROM last_events e
LEFT JOIN reports r USING (report_id)
WHERE coalesce(r.org_id, e.org_id) IN (FROM chosen)
  AND ($year IS NULL OR coalesce(r.report_year, e.report_year) = $year)
  AND list_contains($states, e.state)
  AND NOT EXISTS (SELECT 1 FROM check_results c WHERE c.item_key = e.item_key AND c.status = 'fail');
