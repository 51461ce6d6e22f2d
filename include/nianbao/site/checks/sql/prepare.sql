-- What all pages count from. A body counts in the place where it lay last, in every year, so that the
-- counts of a place, its rows and its agencies are of the same bodies.
CREATE TABLE bodies AS
WITH latest AS (
    SELECT org_id, arg_max(division, report_year) AS division FROM organisation_places GROUP BY org_id
)
SELECT o.org_id, o.name, o.kind, o.theme, o.credit_code, coalesce(l.division, o.division) AS division
FROM organisations o LEFT JOIN latest l USING (org_id);

-- Bodies of the place wanted; all of them where that is the whole country.
CREATE TABLE wanted AS
SELECT org_id, division FROM bodies
WHERE getvariable('root') = '000000'
   OR list_contains([left(division, 2) || '0000', left(division, 4) || '00', division], getvariable('root'));

CREATE TABLE tally AS
SELECT w.division, c.rule_id, c.form, c.report_year, sum(passed)::BIGINT AS passed,
    sum(failed)::BIGINT AS failed, sum(not_assessable)::BIGINT AS not_assessable,
    count(*) FILTER (failed > 0) AS reports
FROM check_counts c JOIN reports r USING (report_id) JOIN wanted w USING (org_id)
GROUP BY ALL;

CREATE TABLE report_tally AS
SELECT w.division, count(*) AS reports, count(DISTINCT org_id) AS bodies,
    count(*) FILTER (k.errors > 0) AS with_errors,
    count(*) FILTER (k.errors = 0 AND k.warnings > 0) AS with_warnings,
    count(*) FILTER (k.not_assessable > 0) AS with_gaps, count(*) FILTER (k.report_id IS NULL) AS unchecked,
    coalesce(sum(k.errors), 0)::BIGINT AS errors, coalesce(sum(k.warnings), 0)::BIGINT AS warnings,
    coalesce(sum(k.infos), 0)::BIGINT AS infos, coalesce(sum(k.not_assessable), 0)::BIGINT AS not_assessable,
    coalesce(sum(k.passed), 0)::BIGINT AS passed
FROM reports r JOIN wanted w USING (org_id) LEFT JOIN check_reports k USING (report_id)
GROUP BY w.division;
