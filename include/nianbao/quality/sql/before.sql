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
