-- What the rules' results are gathered in while they run. Groups by `report` are summed by place and
-- not by hash: the numbers are dense.
SET perfect_ht_threshold = 26;

CREATE TEMP TABLE pending (
    report INTEGER, report_id VARCHAR, sha256 VARCHAR, form VARCHAR, rule_id VARCHAR,
    rule_version SMALLINT, subject VARCHAR, subject_zh VARCHAR, subject_en VARCHAR, status VARCHAR,
    severity VARCHAR, rule_blame VARCHAR, expected VARCHAR, observed VARCHAR, note VARCHAR,
    message_zh VARCHAR, message_en VARCHAR, cells VARCHAR[], quote VARCHAR, location VARCHAR,
    blanks_as_zero BOOLEAN
);

-- What a finding is called in every version: a sentence by its words, since its place moves with the
-- text; anything else by its subject.
CREATE TEMP MACRO key_of(report_id, rule_id, subject, quote) AS substr(sha256(concat(
    report_id, '|', rule_id, '|',
    CASE WHEN quote IS NOT NULL AND regexp_matches(subject, '^[a-z]\d')
         THEN concat('quote:', quote, regexp_extract(subject, '/.*$')) ELSE subject END)), 1, 16);

-- Findings that somebody has decided on: of these it is kept how they ended, though they pass.
CREATE TEMP TABLE watched AS
SELECT DISTINCT r.report, v.report_id, v.rule_id, v.item_key
FROM verdict_events v JOIN checked_reports r USING (report_id);
