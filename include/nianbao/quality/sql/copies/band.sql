-- One band: the sections that are alike in it. A band of many bodies is a template's and joins nobody. Of
-- the others the oldest stand for all: whoever has the text has it from one of them, and a text that
-- went round among twenty bodies makes sixty pairs and not four hundred.
CREATE OR REPLACE TEMP TABLE one_band AS
SELECT section, body, report_year,
       hash(code, signature[getvariable('copies_first'):getvariable('copies_last')]) AS band
FROM signed_sections;

CREATE OR REPLACE TEMP TABLE members AS
SELECT m.*, s.bodies
FROM one_band m
JOIN (
    SELECT band, count(DISTINCT body)::INTEGER AS bodies
    FROM one_band SEMI JOIN (SELECT band FROM one_band GROUP BY band HAVING count(*) > 1) USING (band)
    GROUP BY band HAVING count(DISTINCT body) > 1
) s USING (band);

INSERT INTO common_bands
SELECT section, bodies FROM members WHERE bodies >= getvariable('copies_template');

INSERT INTO meetings
WITH first_of_body AS (
    FROM members WHERE bodies < getvariable('copies_template')
    QUALIFY row_number() OVER (PARTITION BY band, body ORDER BY report_year, section) = 1
),
oldest AS (
    FROM first_of_body
    QUALIFY row_number() OVER (PARTITION BY band ORDER BY report_year, section) <= getvariable('copies_oldest')
)
SELECT m.section, o.section
FROM members m JOIN oldest o USING (band)
WHERE o.body <> m.body AND o.report_year <= m.report_year;
