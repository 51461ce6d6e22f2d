-- Where to look first in the reports of some bodies.
SELECT r.org_id, h.report_id, h.hint_zh, h.hint_en
FROM check_hints h JOIN reports r USING (report_id)
WHERE r.org_id IN (SELECT unnest(getvariable('org_ids')))
ORDER BY r.org_id, h.report_id, list_position(['one_cell', 'digits_split', 'row_shifted'], h.kind), h.hint_zh;
