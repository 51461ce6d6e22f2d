-- zh: 一个县（市、区）某一主题的部门有哪些报告，原文在哪里？
-- en: Which reports are there of a place's bodies of one theme, and where are the originals?
-- mind: The place is the one of the report year, under the code of 2020 (division_2020), so a county that was merged or renamed since is still found.
-- mind: Themes are read from names; a body whose name says nothing has none.
SELECT p.county, o.kind, o.theme, r.organisation, r.report_year, r.scope, r.form, r.source_url
FROM reports r
JOIN organisations o USING (org_id)
JOIN organisation_places p USING (org_id, report_year)
WHERE p.division_2020 = '370983' AND o.theme = 'commerce'
ORDER BY r.organisation, r.report_year, r.scope;
