-- One rule's answers (`answered`) into the stored tables. The variable `rule_id` names the rule,
-- `kept` the statuses that are kept row by row.

CREATE OR REPLACE TEMP TABLE outcome AS
SELECT a.*, r.form, r.report_year, rule.rule_id, rule.severity, rule.subject_kind
FROM answered a
JOIN checked_reports r USING (report_id)
JOIN (FROM check_rules WHERE rule_id = getvariable('rule_id')) rule
  ON list_contains(rule.forms, r.form);

-- A status that is none of the three must not be lost between the counts.
SELECT CASE WHEN count(*) > 0 THEN error('a check has no status') END
FROM outcome WHERE status IS NULL OR status NOT IN ('pass', 'fail', 'not_assessable');

INSERT INTO check_results BY NAME
SELECT o.report_id, o.rule_id, o.subject, l.zh AS subject_zh, l.en AS subject_en, o.status,
       o.severity, shown(o.expected) AS expected, shown(o.observed) AS observed, o.note
FROM outcome o
LEFT JOIN subject_labels l
  ON l.form = o.form AND l.kind = o.subject_kind AND l.subject = o.subject
WHERE list_contains(getvariable('kept'), o.status)
ORDER BY o.report_id, o.subject;

INSERT INTO check_counts BY NAME
SELECT report_id, rule_id, form, report_year,
       count(*) FILTER (status = 'pass') AS passed,
       count(*) FILTER (status = 'fail') AS failed,
       count(*) FILTER (status = 'not_assessable') AS not_assessable
FROM outcome
GROUP BY ALL
ORDER BY report_id;

INSERT INTO evaluated_rules BY NAME
SELECT getvariable('rule_id') AS rule_id, count(*) AS subjects FROM outcome;
