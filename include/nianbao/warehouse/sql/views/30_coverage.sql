-- Deadlines: Article 49 of the regulation of 2019 (departments 31 January; governments, whether
-- they report their own level or the whole territory, 31 March); before it, 31 March for all.
CREATE VIEW coverage AS
WITH years AS (SELECT DISTINCT report_year FROM reports),
due AS (
    SELECT o.org_id, o.name AS organisation, y.report_year
    FROM organisations o CROSS JOIN years y
),
found AS (
    SELECT org_id, report_year, scope, report_id, try_cast(published_on AS DATE) AS published_on,
           make_date(report_year + 1,
                     CASE WHEN report_year >= 2019 AND scope = 'agency' THEN 1 ELSE 3 END,
                     31) AS deadline
    FROM reports
)
SELECT d.org_id, d.organisation, d.report_year, f.scope, f.report_id, f.published_on, f.deadline,
       CASE WHEN f.report_id IS NULL THEN 'not_seen'
            WHEN f.published_on IS NULL THEN 'date_unknown'
            WHEN f.published_on <= f.deadline THEN 'on_time'
            ELSE 'late' END AS status
FROM due d LEFT JOIN found f USING (org_id, report_year);
