-- Every cell that is not in both alike. A blank and a zero are not alike; the same number in other figures
-- is. A row that is not there is `missing` on both sides, whether the reader wrote it down or not.
WITH matched AS (FROM draft_matches WHERE state = 'comparable'),
before AS (
    SELECT c.* FROM draft_cells c JOIN matched m USING (report_id)
),
since AS (
    SELECT m.report_id, c.code, c.raw, c.kind, c.value, c.unit
    FROM cells_of((SELECT list(DISTINCT published_id) FROM matched)) c
    JOIN matched m ON m.published_id = c.report_id
),
pairs AS (
    SELECT report_id, code, b.raw AS draft_raw, coalesce(b.kind, 'missing') AS draft_kind,
        b.value AS draft_value, b.unit AS draft_unit, s.raw, coalesce(s.kind, 'missing') AS kind, s.value,
        s.unit
    FROM before b FULL JOIN since s USING (report_id, code)
)
SELECT m.report_id, p.code, y.section_zh, y.row_zh, y.column_zh, p.draft_raw, p.draft_kind, p.draft_value,
    p.draft_unit, p.raw, p.kind, p.value, p.unit,
    CASE WHEN p.kind = 'number' AND p.draft_kind = 'number' THEN
             if(p.value IS DISTINCT FROM p.draft_value, 'number', 'unit')
         WHEN p.draft_value = 0 AND p.kind IN ('blank', 'dash') THEN 'zero_to_blank'
         WHEN p.value = 0 AND p.draft_kind IN ('blank', 'dash') THEN 'blank_to_zero'
         WHEN p.kind = 'missing' THEN 'row_gone' WHEN p.draft_kind = 'missing' THEN 'row_new'
         WHEN p.kind = 'number' THEN 'filled' WHEN p.draft_kind = 'number' THEN 'emptied'
         ELSE 'wording' END AS change
FROM pairs p
JOIN matched m USING (report_id)
LEFT JOIN cell_dictionary y ON y.code = p.code AND y.form = m.form
LEFT JOIN form_cells f ON f.code = p.code AND f.form = m.form
WHERE p.kind <> p.draft_kind
   OR p.kind = 'number' AND (p.value IS DISTINCT FROM p.draft_value OR p.unit IS DISTINCT FROM p.draft_unit)
   OR p.kind = 'text' AND trim(p.raw) <> trim(p.draft_raw)
ORDER BY m.report_id, f.place, p.code;
