-- The views an analyst may rely on. Everything of superseded versions stays behind `report_versions`.

CREATE VIEW reports AS
SELECT v.* EXCLUDE (is_live, is_current, organisation), o.name AS organisation,
       v.organisation AS organisation_printed
FROM report_versions v JOIN organisations o USING (org_id)
WHERE v.is_current;

CREATE VIEW report_cells AS
SELECT c.*
FROM cells c JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;

CREATE VIEW report_sections AS
SELECT s.*
FROM sections s JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;

CREATE VIEW narrative_facts AS
SELECT f.*
FROM facts f JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;

CREATE VIEW findings AS
SELECT f.*
FROM version_findings f JOIN report_versions v USING (report_id, sha256, ordinal)
WHERE v.is_current;

CREATE VIEW check_summary AS
SELECT rule_id, form, report_year, any_value(r.severity) AS severity,
       any_value(r.title_zh) AS title_zh, any_value(r.title_en) AS title_en,
       sum(passed)::BIGINT AS passed, sum(failed)::BIGINT AS failed,
       sum(not_assessable)::BIGINT AS not_assessable
FROM check_counts JOIN check_rules r USING (rule_id)
GROUP BY rule_id, form, report_year;

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

-- One row per organisation, year and scope over all forms. A sum over several cells is null as
-- soon as one of them is: a blank is not zero.
CREATE VIEW applications_yearly AS
WITH totals AS (
    SELECT report_id, d.row_code, c.value
    FROM report_cells c
    JOIN reports r USING (report_id)
    JOIN cell_dictionary d ON d.code = c.code AND d.form = r.form
    WHERE d.table_code = 'applications' AND d.column_code = 'total'
),
sums AS (
    SELECT report_id,
        max(value) FILTER (row_code = 'received') AS received,
        max(value) FILTER (row_code = 'carried_in') AS carried_in,
        max(value) FILTER (row_code = 'granted') AS granted,
        max(value) FILTER (row_code = 'partly_granted') AS partly_granted,
        sum(value) FILTER (row_code LIKE 'refused.%') AS refused_printed,
        count(value) FILTER (row_code LIKE 'refused.%') AS refused_cells,
        sum(value) FILTER (row_code LIKE 'unavailable.%') AS unavailable_printed,
        count(value) FILTER (row_code LIKE 'unavailable.%') AS unavailable_cells,
        sum(value) FILTER (row_code LIKE 'not_processed.%') AS not_processed_printed,
        count(value) FILTER (row_code LIKE 'not_processed.%') AS not_processed_cells,
        max(value) FILTER (row_code = 'other') AS other_folded,
        sum(value) FILTER (row_code LIKE 'other.%') AS other_printed,
        count(value) FILTER (row_code LIKE 'other.%') AS other_cells,
        max(value) FILTER (row_code = 'closed_total') AS closed_total,
        max(value) FILTER (row_code = 'carried_out') AS carried_out
    FROM totals GROUP BY report_id
)
SELECT r.org_id, r.organisation, r.report_year, r.scope, r.form, r.report_id,
    s.received, s.carried_in, s.granted, s.partly_granted,
    CASE WHEN s.refused_cells = 8 THEN s.refused_printed END AS refused,
    CASE WHEN s.unavailable_cells = 3 THEN s.unavailable_printed END AS unavailable,
    CASE WHEN s.not_processed_cells = 5 THEN s.not_processed_printed END AS not_processed,
    coalesce(s.other_folded, CASE WHEN s.other_cells = 3 THEN s.other_printed END) AS other,
    s.closed_total, s.carried_out
FROM sums s JOIN reports r USING (report_id);
