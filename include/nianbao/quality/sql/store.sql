-- One rule's answers (`outcome`), counted per report; those that did not plainly pass are kept for a
-- moment. The four counts of a report travel in one number, sixteen bits each: one sum over a dense
-- key is what makes millions of reports cheap. A report has far fewer than 65,536 subjects.
CREATE OR REPLACE TEMP TABLE counted AS
SELECT report, sum(CASE
    WHEN status = 'pass' THEN CASE WHEN blanks > 0 THEN 281474976710657 ELSE 1 END
    WHEN status = 'fail' THEN 65536
    WHEN status = 'not_assessable' THEN 4294967296
    -- A status that is none of the three must not be lost between the counts.
    ELSE error('a check has no status') END)::BIGINT AS packed
FROM outcome
GROUP BY report;

INSERT INTO check_tally BY NAME
SELECT report, getvariable('rule_number')::SMALLINT AS rule_number,
       (packed & 65535)::INTEGER AS passed,
       ((packed >> 16) & 65535)::INTEGER AS failed,
       ((packed >> 32) & 65535)::INTEGER AS not_assessable,
       (packed >> 48)::INTEGER AS blanks_as_zero
FROM counted JOIN checked_reports USING (report)
WHERE list_contains(getvariable('rule_forms'), form)
ORDER BY report;

INSERT INTO evaluated_rules BY NAME
SELECT getvariable('rule_id') AS rule_id,
       coalesce(sum(passed + failed + not_assessable), 0)::INTEGER AS subjects
FROM check_tally WHERE rule_number = getvariable('rule_number');
