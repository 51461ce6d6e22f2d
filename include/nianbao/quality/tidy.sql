-- The current reports' numbers in the shapes that the rules speak of. Rules read these tables only.
-- DOUBLE holds every value of DECIMAL(18,4) below 2^53 / 10^4 exactly as a count, and adds fast.

CREATE TEMP TABLE checked_reports AS
SELECT report_id, org_id, report_year, scope, form FROM reports;

CREATE TEMP TABLE previous_reports AS
SELECT now.report_id, before.report_id AS previous_report_id
FROM checked_reports now
JOIN checked_reports before
  ON before.org_id = now.org_id AND before.scope = now.scope
 AND before.report_year = now.report_year - 1;

CREATE TEMP TABLE numbers AS
SELECT c.report_id, d.table_code, d.row_code, d.column_code, c.kind, round(c.value::DOUBLE, 4) AS value
FROM report_cells c
JOIN checked_reports r USING (report_id)
JOIN cell_dictionary d ON d.code = c.code AND d.form = r.form;

CREATE TEMP TABLE application_rows AS
WITH wide AS (
    SELECT report_id, row_code AS row,
        max(value) FILTER (column_code = 'natural_person') AS natural_person,
        max(value) FILTER (column_code = 'business') AS business,
        max(value) FILTER (column_code = 'research') AS research,
        max(value) FILTER (column_code = 'public_interest') AS public_interest,
        max(value) FILTER (column_code = 'legal_services') AS legal_services,
        max(value) FILTER (column_code = 'other') AS other,
        max(value) FILTER (column_code = 'total') AS total,
        sum(value) FILTER (column_code <> 'total') AS parts,
        count(value) FILTER (column_code <> 'total') AS parts_printed,
        count(*) FILTER (column_code <> 'total' AND is_unread(kind)) AS parts_unread
    FROM numbers WHERE table_code = 'applications'
    GROUP BY report_id, row_code
)
SELECT * REPLACE (round(coalesce(parts, 0), 4) AS parts) FROM wide;

-- `results` are （一） to （六）. （六） is one row or three; where a publisher prints the group's own
-- row above its three, these count and the group's row, their sum, does not.
CREATE TEMP TABLE application_columns AS
WITH wide AS (
    SELECT report_id, column_code AS applicant,
        max(value) FILTER (row_code = 'received') AS received,
        max(value) FILTER (row_code = 'carried_in') AS carried_in,
        max(value) FILTER (row_code = 'closed_total') AS closed_total,
        max(value) FILTER (row_code = 'carried_out') AS carried_out,
        sum(value) FILTER (kind_of_row = 'result') AS sum_1_5,
        count(value) FILTER (kind_of_row = 'result') AS printed_1_5,
        count(*) FILTER (kind_of_row = 'result') AS cells_1_5,
        count(*) FILTER (kind_of_row = 'result' AND is_unread(kind)) AS unread_1_5,
        max(value) FILTER (kind_of_row = 'folded') AS folded,
        count(*) FILTER (kind_of_row = 'folded' AND is_unread(kind)) AS folded_unread,
        sum(value) FILTER (kind_of_row = 'unfolded') AS unfolded,
        count(value) FILTER (kind_of_row = 'unfolded') AS unfolded_printed,
        count(*) FILTER (kind_of_row = 'unfolded' AND is_unread(kind)) AS unfolded_unread,
        count(*) FILTER (kind_of_row = 'unfolded' AND kind <> 'missing') AS unfolded_there,
        count(*) FILTER (row_code IN ('received', 'carried_in') AND is_unread(kind)) AS in_unread,
        count(*) FILTER (row_code IN ('closed_total', 'carried_out') AND is_unread(kind))
            AS out_unread
    FROM (
        SELECT *, CASE
            WHEN row_code IN ('received', 'carried_in', 'closed_total', 'carried_out') THEN 'balance'
            WHEN row_code = 'other' THEN 'folded'
            WHEN row_code LIKE 'other.%' THEN 'unfolded'
            ELSE 'result' END AS kind_of_row
        FROM numbers WHERE table_code = 'applications'
    )
    GROUP BY report_id, column_code
)
SELECT report_id, applicant, received, carried_in, closed_total, carried_out, in_unread, out_unread,
    round(coalesce(sum_1_5, 0)
          + coalesce(CASE WHEN unfolded_there > 0 THEN unfolded ELSE folded END, 0), 4) AS results,
    printed_1_5 + CASE WHEN unfolded_there > 0 THEN unfolded_printed ELSE printed(folded) END
        AS results_printed,
    unread_1_5 + CASE WHEN unfolded_there > 0 THEN unfolded_unread ELSE folded_unread END
        AS results_unread,
    cells_1_5 + CASE WHEN unfolded_there > 0 THEN 3 ELSE 1 END AS results_cells
FROM wide;

CREATE TEMP TABLE review_blocks AS
SELECT report_id, row_code AS block,
    round(coalesce(sum(value) FILTER (column_code <> 'total'), 0), 4) AS parts,
    count(value) FILTER (column_code <> 'total') AS parts_printed,
    count(*) FILTER (column_code <> 'total' AND is_unread(kind)) AS parts_unread,
    max(value) FILTER (column_code = 'total') AS total
FROM numbers WHERE table_code = 'reviews'
GROUP BY report_id, row_code;

CREATE TEMP TABLE printed_numbers AS
SELECT report_id,
    count(value) AS printed_cells,
    count(*) FILTER (value <> 0) AS not_zero,
    count(value) FILTER (table_code = 'applications') AS applications_printed,
    count(*) FILTER (value <> 0 AND table_code = 'applications') AS applications_not_zero
FROM numbers
GROUP BY report_id;

-- Blanks by row: beside a zero total, or beside printed zeros where the table has no totals.
CREATE TEMP TABLE blank_rows AS
WITH rows AS (
    SELECT report_id, table_code, row_code,
        count(*) FILTER (kind IN ('blank', 'dash')) AS blanks,
        count(*) FILTER (value <> 0) AS not_zero,
        count(value) AS printed_cells,
        max(value) FILTER (column_code = 'total') AS total
    FROM numbers
    GROUP BY report_id, table_code, row_code
)
SELECT report_id, table_code,
    sum(printed_cells)::BIGINT AS printed_cells,
    sum(blanks)::BIGINT AS blanks,
    coalesce(sum(blanks) FILTER (
        CASE WHEN table_code = 'proactive' THEN printed_cells > 0 AND not_zero = 0
             ELSE total = 0 AND not_zero = 0 END), 0)::BIGINT AS blanks_beside_zero
FROM rows
GROUP BY report_id, table_code;
