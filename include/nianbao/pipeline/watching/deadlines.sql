-- What is late or not there of one report year, among what was due by a day. `not_seen` is in the list so
-- that nobody takes its absence from it for an all-clear, and is never an alarm.
SELECT c.org_id, c.organisation, c.status, o.province, o.prefecture, o.county, c.report_year, c.scope,
       c.deadline, c.published_on, date_diff('day', c.deadline, c.published_on) AS days_late,
       c.reason, c.checked_on, c.portal_id, c.obliged_by, c.basis, c.report_id, c.as_of
FROM coverage c LEFT JOIN organisations o USING (org_id)
WHERE c.report_year = $year AND c.deadline <= $deadline AND c.status IN ('absent', 'late', 'not_seen')
ORDER BY o.province, o.prefecture, o.county, c.organisation, c.org_id, c.scope, c.report_id;
