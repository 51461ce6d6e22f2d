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
