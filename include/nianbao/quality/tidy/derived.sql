-- What is left to read beside the numbers: few rows each.

-- Cells with a unit of their own, or with words instead of a number: what the warehouse keeps beside the
-- number of a cell where that does not say it. Field 0 is raw, 1 unit, 3 matched.
CREATE TEMP TABLE odd_texts AS
SELECT version AS report, place, 0 AS field, raw AS said
FROM odd_cells JOIN form_cells USING (cell) WHERE raw IS NOT NULL
UNION ALL
SELECT version, place, 1, unit FROM odd_cells JOIN form_cells USING (cell) WHERE unit IS NOT NULL
UNION ALL
SELECT version, place, 3, matched FROM odd_cells JOIN form_cells USING (cell) WHERE matched IS NOT NULL;

CREATE TEMP TABLE unread_places AS
SELECT report, unnest(unread) AS place FROM unread_lists WHERE unread IS NOT NULL;

CREATE TEMP TABLE printed_words AS
SELECT o.report, f.code, f.table_code, f.value_type, f.unit AS form_unit,
       max(o.said) FILTER (o.field = 0) AS raw, max(o.said) FILTER (o.field = 1) AS printed_unit,
       bool_or(u.place IS NOT NULL) AND max(o.said) FILTER (o.field = 0) <> '' AS is_text
FROM odd_texts o
JOIN checked_reports r USING (report)
JOIN asked_cells f ON f.form = r.form AND f.place = o.place
LEFT JOIN unread_places u ON u.report = o.report AND u.place = o.place
WHERE o.field IN (0, 1)
GROUP BY ALL
HAVING printed_unit IS NOT NULL OR is_text;

CREATE TEMP TABLE placed_by_position AS
SELECT o.report, f.code
FROM odd_texts o
JOIN checked_reports r USING (report)
JOIN asked_cells f ON f.form = r.form AND f.place = o.place
WHERE o.field = 3 AND o.said = 'position';
