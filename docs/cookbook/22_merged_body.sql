-- zh: 一个被合并的机关，前后两个机关的数字怎样接起来看？
-- en: How does a series go on when a body was merged into another?
-- mind: The reports of a predecessor stay its own. The rows stand side by side, by the last successor; nothing is added together.
-- mind: Before the merger the successor reported on itself alone, so its step in that year is the merger.
SELECT latest.name AS today, a.organisation, a.report_year, a.received, a.closed_total,
    s.successor_id IS NOT NULL AS was_succeeded, s.reason
FROM applications_yearly a
JOIN organisation_lineage l USING (org_id)
JOIN organisations latest ON latest.org_id = l.latest_id
LEFT JOIN organisation_successions s ON s.org_id = a.org_id
WHERE l.latest_id IN (SELECT latest_id FROM organisation_lineage WHERE steps > 0)
ORDER BY today, a.report_year, a.organisation;
