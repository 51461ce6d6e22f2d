-- The rows that are kept, with the label of what they are about and the finding in words. Braces are
-- filled with expressions over the rule's columns.
INSERT INTO pending BY NAME
WITH noted AS (
    SELECT o.*, r.form, r.report_id, r.sha256
    FROM outcome o JOIN checked_reports r USING (report)
    WHERE list_contains(getvariable('kept'), o.status)
      AND list_contains(getvariable('rule_forms'), r.form)
),
labelled AS (
    SELECT n.*, l.zh AS subject_zh, l.en AS subject_en,
           coalesce(c.zh, l.zh, n.subject) AS place_zh, coalesce(c.en, l.en, n.subject) AS place_en
    FROM noted n
    LEFT JOIN cell_labels c ON c.form = n.form AND c.code = n.cells[1]
    LEFT JOIN subject_labels l
      ON l.form = n.form AND l.kind = getvariable('rule_subject_kind') AND l.subject = n.subject
)
SELECT report, report_id, sha256, form,
       getvariable('rule_id') AS rule_id, getvariable('rule_version') AS rule_version,
       subject, subject_zh, subject_en, status, getvariable('rule_severity') AS severity,
       getvariable('rule_blame') AS rule_blame,
       {expected} AS expected, {observed} AS observed, note,
       CASE WHEN status = 'fail' THEN {message_zh} END AS message_zh,
       CASE WHEN status = 'fail' THEN {message_en} END AS message_en,
       cells, quote, location, status = 'pass' AND blanks > 0 AS blanks_as_zero
FROM labelled
