-- The views an analyst may rely on. Everything of superseded versions stays behind `report_versions`.

CREATE VIEW reports AS
SELECT v.* EXCLUDE (is_live, is_current, superseded_by, version, organisation), o.name AS organisation,
       v.organisation AS organisation_printed
FROM report_versions v JOIN organisations o USING (org_id)
WHERE v.is_current;

-- What is stored for a cell, spelt out: `odd_cells` has what this document alone prints, the layouts
-- what many do, and what neither has is made from the number. Texts of places begin with `=` where
-- they are whole; otherwise the first part is the version's. See warehouse/cells.
CREATE VIEW value_lines AS
WITH found AS (
    SELECT c.*, f.code, f.part, f.place, v.report_id, v.sha256, v.ordinal, v.is_current,
        coalesce(c.exact, c.value::DECIMAL(18, 4)) AS number
    FROM stored_cells c
    JOIN form_cells f USING (cell)
    JOIN report_versions v USING (version)
)
SELECT f.version, f.cell, f.part, f.place, f.is_current, f.report_id, f.sha256, f.ordinal, f.code,
    CASE WHEN o.raw IS NOT NULL THEN o.raw
         WHEN number IS NULL THEN ''
         ELSE rtrim(rtrim(number::VARCHAR, '0'), '.') END AS raw,
    CASE kind WHEN 1 THEN 'number' WHEN 2 THEN 'blank' WHEN 3 THEN 'dash' WHEN 4 THEN 'text'
              ELSE 'missing' END AS kind,
    number AS value,
    CASE WHEN deduction > 0 THEN deduced::DECIMAL(18, 4) END AS deduced_value,
    CASE deduction WHEN 1 THEN 'row_sum' WHEN 2 THEN 'results_sum' WHEN 3 THEN 'column_balance'
                   WHEN 4 THEN 'reviews_sum' END AS deduction,
    o.unit, o.note, o.matched, o.label AS odd_label, o.heading AS odd_heading,
    o.location AS odd_location, o.source_place AS odd_source_place
FROM found f LEFT JOIN odd_cells o ON o.version = f.version AND o.cell = f.cell;

-- The layouts are joined from the left: as inner joins, which may be put in any order, the optimiser
-- begins with the cell alone and makes hundreds of rows of each (measured: three to ten times slower).
CREATE VIEW cell_lines AS
WITH spelt AS (
    SELECT l.*, e.document_table, e.path, coalesce(l.odd_label, w.first) AS label,
        coalesce(l.odd_heading, w.second) AS heading,
        coalesce(l.odd_location, p.first) AS location_text,
        coalesce(l.odd_source_place, p.second) AS path_text
    FROM value_lines l
    LEFT JOIN version_parts e ON e.version = l.version AND e.part = l.part
    LEFT JOIN layout_texts w ON w.layout = e.wording AND w.cell = l.cell
    LEFT JOIN layout_texts p ON p.layout = e.layout AND p.cell = l.cell
)
SELECT version, is_current, report_id, sha256, ordinal, code, raw, kind, value, deduced_value,
    deduction, unit, note, matched, label, heading,
    CASE WHEN starts_with(location_text, '=') THEN substr(location_text, 2)
         ELSE document_table || location_text END AS location,
    CASE WHEN starts_with(path_text, '=') THEN substr(path_text, 2)
         ELSE path || path_text END AS source_place
FROM spelt;

CREATE VIEW cells AS SELECT * EXCLUDE (version, is_current) FROM cell_lines;

CREATE VIEW report_cells AS SELECT * EXCLUDE (version, is_current) FROM cell_lines WHERE is_current;

-- The cells of some reports, for conditions that are questions themselves. A condition on `report_cells`
-- does not reach the stored cells when its reports come out of another table: every cell is spelt out
-- first. The numbers of the versions do reach them (measured at 100,000 reports: 0.2 s for 4.8 s).
CREATE MACRO cells_of(report_ids) AS TABLE
SELECT * EXCLUDE (version, is_current) FROM cell_lines
WHERE is_current AND version IN (
    SELECT version FROM report_versions WHERE report_id IN (SELECT unnest(report_ids)));

CREATE VIEW report_values AS
SELECT report_id, sha256, ordinal, code, raw, kind, value, deduced_value, deduction, unit, note
FROM value_lines WHERE is_current;

-- For questions about deductions alone: no text is looked at.
CREATE VIEW deductions AS
SELECT v.report_id, f.code, c.deduced::DECIMAL(18, 4) AS deduced_value,
    CASE c.deduction WHEN 1 THEN 'row_sum' WHEN 2 THEN 'results_sum' WHEN 3 THEN 'column_balance'
                     WHEN 4 THEN 'reviews_sum' END AS deduction
FROM stored_cells c JOIN form_cells f USING (cell) JOIN report_versions v USING (version)
WHERE c.deduction > 0 AND v.is_current;

CREATE VIEW sections AS
SELECT v.report_id, v.sha256, v.ordinal, s.* EXCLUDE (version)
FROM stored_sections s JOIN report_versions v USING (version);

CREATE VIEW report_sections AS
SELECT v.report_id, v.sha256, v.ordinal, s.* EXCLUDE (version)
FROM stored_sections s JOIN report_versions v USING (version)
WHERE v.is_current;

CREATE VIEW facts AS
SELECT v.report_id, v.sha256, v.ordinal, f.* EXCLUDE (version)
FROM stored_facts f JOIN report_versions v USING (version);

CREATE VIEW narrative_facts AS
SELECT v.report_id, v.sha256, v.ordinal, f.* EXCLUDE (version)
FROM stored_facts f JOIN report_versions v USING (version)
WHERE v.is_current;

CREATE VIEW version_findings AS
SELECT v.report_id, v.sha256, v.ordinal, f.* EXCLUDE (version)
FROM stored_findings f JOIN report_versions v USING (version);

CREATE VIEW findings AS
SELECT v.report_id, v.sha256, v.ordinal, f.* EXCLUDE (version)
FROM stored_findings f JOIN report_versions v USING (version)
WHERE v.is_current;
