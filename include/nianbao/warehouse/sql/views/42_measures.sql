-- Every measure of every report, from the cells that `measure_cells` names. Most measures are one cell;
-- the others are summed, and a sum counts only where all its cells print a number. `alternative` 2 is
-- another way to print the same, a group as one row. `stored_cells` is sorted by cell, so a question
-- about one measure reads that measure's cells alone. The two readings of it must not look the same
-- (`kind > 0` is always true): what looks the same is read once, whole, before the measure is chosen.
CREATE VIEW measures_yearly AS
WITH terms AS NOT MATERIALIZED (
    SELECT f.cell, m.measure, m.alternative, m.sign,
        count(*) FILTER (m.alternative = 1) OVER (PARTITION BY m.measure, m.form) AS cells,
        count(*) FILTER (m.alternative = 2) OVER (PARTITION BY m.measure, m.form) AS other_cells
    FROM measure_cells m JOIN form_cells f USING (form, code)
),
sums AS (
    SELECT c.version, t.measure,
        max(t.cells) AS cells,
        count(c.number) FILTER (t.alternative = 1) AS printed,
        sum(t.sign * c.number) FILTER (t.alternative = 1) AS printed_sum,
        count(coalesce(c.number, c.inferred)) FILTER (t.alternative = 1) AS known,
        sum(t.sign * coalesce(c.number, c.inferred)) FILTER (t.alternative = 1) AS known_sum,
        sum(t.sign * c.number) FILTER (t.alternative = 2) AS other_sum,
        count(c.number) FILTER (t.alternative = 2) = max(t.other_cells) AS other_whole
    FROM (SELECT version, cell, coalesce(exact, value::DECIMAL(18, 4)) AS number,
              deduced::DECIMAL(18, 4) AS inferred FROM stored_cells WHERE kind > 0) c
    JOIN terms t USING (cell)
    WHERE t.cells > 1 OR t.other_cells > 0
    GROUP BY c.version, t.measure
),
measured AS (
    SELECT c.version, t.measure, c.number AS value,
        CASE WHEN c.number IS NULL THEN c.inferred END AS deduced_value,
        t.cells::TINYINT AS cells, (c.number IS NULL)::TINYINT AS not_printed
    FROM (SELECT version, cell, coalesce(exact, value::DECIMAL(18, 4)) AS number,
              deduced::DECIMAL(18, 4) AS inferred FROM stored_cells) c
    JOIN terms t USING (cell)
    WHERE t.cells = 1 AND t.other_cells = 0
    UNION ALL
    SELECT version, measure,
        TRY_CAST(CASE WHEN printed = cells THEN printed_sum WHEN other_whole THEN other_sum END
                 AS DECIMAL(18, 4)) AS value,
        CASE WHEN value IS NULL AND known = cells THEN TRY_CAST(known_sum AS DECIMAL(18, 4)) END
            AS deduced_value,
        cells::TINYINT AS cells,
        CASE WHEN value IS NULL THEN cells - printed ELSE 0 END::TINYINT AS not_printed
    FROM sums
),
earlier AS (
    SELECT org_id, scope, (report_year + 1)::SMALLINT AS report_year, form AS previous_form
    FROM report_versions WHERE is_current
)
SELECT v.org_id, o.name AS organisation, v.report_year, v.scope, v.form, v.report_id,
    m.* EXCLUDE (version), e.previous_form,
    CASE WHEN e.previous_form = v.form THEN 'exact' ELSE c.comparability END AS comparability
FROM measured m
JOIN report_versions v USING (version)
JOIN organisations o USING (org_id)
LEFT JOIN earlier e ON e.org_id = v.org_id AND e.report_year = v.report_year AND e.scope = v.scope
LEFT JOIN comparability c
    ON c.measure = m.measure AND c.from_form = e.previous_form AND c.to_form = v.form
WHERE v.is_current;
