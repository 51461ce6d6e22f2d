-- One report speaks for a county: its government's on the area, else on its own level, else on the
-- government alone. Nothing here adds agencies up, since some of them always lack.
--
-- Completeness counts the bodies that a roster or a portal's record declares. One that is known only
-- because a report prints its name would be found complete in the years it is known from, and short in
-- all others, though nobody can say that it was still there to owe anything.
CREATE VIEW county_yearly AS
WITH places AS (
    SELECT org_id, report_year, division_2020, province, prefecture, county
    FROM organisation_places
    WHERE division_2020 IS NOT NULL AND division_2020 NOT LIKE '%00'
),
bodies AS (
    SELECT p.division_2020, p.report_year,
        min(p.province) AS province, min(p.prefecture) AS prefecture, min(p.county) AS county,
        count(c.report_id) AS reports,
        count(DISTINCT c.org_id) FILTER (c.status <> 'not_due' AND c.obliged_by <> 'none')
            AS bodies_obliged,
        count(DISTINCT c.org_id) FILTER (
            c.status <> 'not_due' AND c.obliged_by <> 'none' AND c.report_id IS NOT NULL)
            AS bodies_with_report
    FROM places p JOIN coverage c USING (org_id, report_year)
    GROUP BY p.division_2020, p.report_year
    HAVING bodies_obliged > 0 OR reports > 0
),
governments AS (
    SELECT r.report_id, r.scope, p.division_2020, r.report_year,
        count(*) OVER (PARTITION BY p.division_2020, r.report_year) AS government_reports,
        row_number() OVER (
            PARTITION BY p.division_2020, r.report_year
            ORDER BY CASE r.scope WHEN 'area' THEN 1 WHEN 'own_level' THEN 2 ELSE 3 END,
                     o.registered DESC, r.org_id) AS preference
    FROM reports r
    JOIN organisations o ON o.org_id = r.org_id AND o.kind = 'government' AND o.level = 'county'
    JOIN places p ON p.org_id = r.org_id AND p.report_year = r.report_year
)
SELECT b.division_2020, b.province, b.prefecture, b.county, b.report_year,
    g.scope AS scope_used, g.report_id, a.org_id, a.organisation, a.form,
    coalesce(g.government_reports, 0) AS government_reports, b.reports,
    b.bodies_obliged, b.bodies_with_report,
    b.bodies_with_report / nullif(b.bodies_obliged, 0)::DOUBLE AS completeness,
    a.received, a.carried_in, a.granted, a.partly_granted, a.refused, a.unavailable, a.not_processed,
    a.other, a.closed_total, a.carried_out
FROM bodies b
LEFT JOIN governments g
    ON g.division_2020 = b.division_2020 AND g.report_year = b.report_year AND g.preference = 1
LEFT JOIN applications_yearly a ON a.report_id = g.report_id;
