-- A warehouse of invented figures over real divisions, for the site alone: the relations that it reads,
-- filled by hashes, so that the same size always gives the same bytes. `bodies` and `years` are there.
CREATE MACRO chance(a, b, c) AS (hash(a || '|' || b || '|' || c) % 1000000)::DOUBLE / 1000000;

INSERT INTO organisations BY NAME
SELECT org_id, name, kind, theme, level, division, registered, credit_code FROM bodies;

INSERT INTO organisation_names BY NAME SELECT org_id, name, 'registry' AS source FROM bodies;
INSERT INTO organisation_names BY NAME
SELECT org_id, replace(name, '局', '委员会') AS name, 'printed' AS source FROM bodies
WHERE kind = 'department' AND chance(org_id, '', 'alias') < 0.1;

INSERT INTO organisation_places BY NAME
SELECT org_id, report_year, division, province, prefecture, county FROM bodies CROSS JOIN years;

-- One department in forty was merged into the next of its county, whose years end there.
INSERT INTO organisation_successions BY NAME
SELECT org_id, next_id AS successor_id, 2021 AS report_year, '机构改革' AS reason
FROM (SELECT *, lead(org_id) OVER (PARTITION BY division, kind ORDER BY org_id) AS next_id FROM bodies)
WHERE kind = 'department' AND next_id IS NOT NULL AND chance(org_id, '', 'merged') < 0.025;

CREATE TEMP TABLE filed AS
SELECT org_id, name, kind AS body_kind, report_year, scope,
    left(md5(org_id || report_year || scope), 16) AS report_id,
    CASE WHEN report_year < 2019 THEN '2014' WHEN report_year < 2021 THEN '2019' ELSE '2021' END AS form,
    CASE WHEN chance(org_id, report_year, 'date') < 0.07 THEN NULL
         ELSE make_date(report_year + 1, 1, 8) + (chance(org_id, report_year, 'day') * 34)::INTEGER
              + CASE WHEN kind = 'government' THEN 45 ELSE 0 END END AS published_on,
    exp(chance(org_id, '', 'size') * 5.5) * (0.6 + 0.8 * chance(org_id, report_year, 'growth'))
        * CASE WHEN kind = 'government' THEN 4 WHEN kind IN ('township', 'subdistrict') THEN 0.03 ELSE 1 END
        AS size
FROM bodies CROSS JOIN years CROSS JOIN (VALUES ('agency'), ('own_level'), ('area')) scopes(scope)
WHERE (kind = 'government') = (scope <> 'agency')
  AND chance(org_id, report_year, 'filed') < 0.55 + 0.05 * (report_year - 2015);

INSERT INTO coverage BY NAME
SELECT b.org_id, y.report_year, s.scope, f.report_id, f.published_on,
    make_date(y.report_year + 1, CASE WHEN y.report_year >= 2019 AND kind = 'department' THEN 1 ELSE 3 END, 31)
        AS deadline,
    CASE WHEN b.kind IN ('township', 'subdistrict') AND f.report_id IS NULL THEN 'not_due'
         WHEN f.report_id IS NULL THEN
            CASE WHEN chance(b.org_id, y.report_year, 'portal') < 0.25 THEN 'absent' ELSE 'not_seen' END
         WHEN f.published_on IS NULL THEN 'date_unknown'
         WHEN f.published_on <= deadline THEN 'on_time' ELSE 'late' END AS status,
    CASE status WHEN 'not_seen' THEN 'no_portal' WHEN 'not_due' THEN 'no_rule' WHEN 'date_unknown' THEN 'no_date'
        END AS reason
FROM bodies b CROSS JOIN years y CROSS JOIN (VALUES ('agency'), ('area')) s(scope)
LEFT JOIN (SELECT org_id, report_year, scope, report_id, published_on FROM filed) f
    ON f.org_id = b.org_id AND f.report_year = y.report_year AND f.scope = s.scope
WHERE (kind = 'government') = (s.scope = 'area');

INSERT INTO themes VALUES ('police', '公安', 'Police'), ('education', '教育', 'Education'),
    ('finance', '财政', 'Finance'), ('commerce', '商务', 'Commerce'), ('civil_affairs', '民政', 'Civil affairs'),
    ('statistics', '统计', 'Statistics');

INSERT INTO reports BY NAME
SELECT report_id, org_id, name AS organisation_printed, report_year, scope, form,
    name || report_year || '年政府信息公开工作年度报告' AS title, published_on::VARCHAR AS published_on,
    'https://www.example.gov.cn/xxgk/' || report_year || '/' || report_id || '.html' AS source_url,
    'sample/portal' AS portal_id, md5(report_id) || md5(org_id) AS sha256, 1 AS ordinal
FROM filed;

INSERT INTO report_versions BY NAME
SELECT report_id, sha256, true AS is_current FROM reports;
INSERT INTO report_versions BY NAME
SELECT report_id, md5(sha256) || md5(title) AS sha256, false AS is_current FROM reports
WHERE chance(report_id, '', 'revised') < 0.05;

-- The cells that the series are made of.
INSERT INTO report_cells BY NAME
SELECT report_id, d.code,
    CASE WHEN chance(report_id, split_part(d.code, '.', 1), 'blanks') < 0.03 THEN 'blank'
         WHEN chance(report_id, d.code, 'text') < 0.002 THEN 'text'
         WHEN chance(report_id, d.code, 'dash') < 0.002 THEN 'dash' ELSE 'number' END AS kind,
    CASE kind WHEN 'number' THEN floor(size * chance(report_id, d.code, 'cell') * (CASE
        WHEN d.code LIKE '%.received%' THEN 1.6 WHEN d.code LIKE '%.closed%' THEN 1.6
        WHEN d.code LIKE '%.carried%' THEN 0.08 WHEN d.code LIKE '%.granted%' THEN 0.5
        WHEN d.code LIKE '%.partly_granted%' THEN 0.12 WHEN d.code LIKE '%.not_held%' THEN 0.3
        WHEN d.code LIKE '%.total' AND d.code LIKE 'reviews.%' THEN 0.2 ELSE 0.05 END)) END AS value,
    CASE kind WHEN 'number' THEN value::INTEGER::VARCHAR WHEN 'dash' THEN '/' WHEN 'text' THEN '1 2'
        ELSE '' END AS raw
FROM filed f JOIN (SELECT DISTINCT form, code FROM measure_cells) d USING (form);

CREATE TEMP TABLE figures AS
WITH ways AS (
    SELECT f.report_id, m.measure, m.alternative, count(*) AS cells, count(*) - count(c.value) AS not_printed,
        CASE WHEN not_printed = 0 THEN sum(m.sign * c.value) END AS value
    FROM filed f JOIN measure_cells m USING (form)
    JOIN report_cells c ON c.report_id = f.report_id AND c.code = m.code GROUP BY ALL
)
SELECT report_id, measure, arg_min(value, alternative + CASE WHEN value IS NULL THEN 9 ELSE 0 END) AS value,
    arg_min(cells, alternative) AS cells, arg_min(not_printed, alternative) AS not_printed
FROM ways GROUP BY report_id, measure;

INSERT INTO measures_yearly BY NAME
SELECT r.org_id, r.report_id, r.report_year, r.scope, r.form, f.measure,
    f.value, f.cells, f.not_printed
FROM figures f JOIN reports r USING (report_id);

CREATE TEMP TABLE wide AS
SELECT * FROM (PIVOT figures ON measure USING first(value) GROUP BY report_id)
JOIN (SELECT report_id, org_id, report_year, scope, form FROM reports) USING (report_id);

INSERT INTO applications_yearly BY NAME SELECT report_id, received FROM wide;
INSERT INTO outcomes_yearly BY NAME
SELECT org_id, report_id, report_year, scope, form, granted, partly_granted, refused, refused_state_secret,
    refused_law_forbids, refused_safety_stability, refused_third_party, refused_internal_affairs,
    refused_process_information, refused_enforcement_file, refused_administrative_query, unavailable,
    not_processed, other FROM wide;
INSERT INTO rates_yearly BY NAME
SELECT org_id, report_year, scope, form, granted + partly_granted AS disclosed_over_closed_num,
    closed_total AS disclosed_over_closed_den, granted + partly_granted AS disclosed_over_processed_num,
    closed_total - not_processed AS disclosed_over_processed_den,
    granted + partly_granted AS disclosed_over_decided_num,
    granted + partly_granted + refused AS disclosed_over_decided_den,
    review_corrected AS corrected_over_reviews_num, review_concluded AS corrected_over_reviews_den,
    litigation_corrected AS corrected_over_litigation_num,
    litigation_concluded AS corrected_over_litigation_den FROM wide;

INSERT INTO check_rules BY NAME
SELECT rule_id, severity, title_zh, title_en, '国办公开办函〔2021〕30号' AS basis_zh, 'the form of 2021' AS basis_en,
    '请核对原始台账后更正。' AS advice_zh, 'Check it against the records and correct it.' AS advice_en
FROM (VALUES
    ('applications_results_sum', 'error', '申请表逐列求和：办理结果之和等于（七）总计',
     'Applications, each column: the outcomes add up to the total'),
    ('carry_over_total', 'warning', '上年结转与上一年度报告的结转下年度一致',
     'Carried over from last year equals what last year carried on'),
    ('all_zero', 'info', '全零：报告或申请表全部数字为零', 'All zero: every number is zero')
) rules(rule_id, severity, title_zh, title_en);

CREATE TEMP TABLE failing AS
SELECT report_id, form, rule_id, severity, chance(report_id, rule_id, 'fail') < 0.06 AS failed,
    chance(report_id, '', 'unassessed') < 0.04 OR form = '2014' AS open
FROM filed CROSS JOIN check_rules;

INSERT INTO check_reports BY NAME
SELECT report_id, count(*) FILTER (failed AND NOT open AND severity = 'error') AS errors,
    count(*) FILTER (failed AND NOT open AND severity = 'warning') AS warnings,
    count(*) FILTER (failed AND NOT open AND severity = 'info') AS infos,
    count(*) FILTER (open) AS not_assessable
FROM failing WHERE form <> '2014' GROUP BY report_id;

INSERT INTO check_counts BY NAME
SELECT report_id, rule_id, CASE WHEN failed OR open THEN 0 ELSE 7 END AS passed,
    (failed AND NOT open)::INTEGER AS failed, CASE WHEN open THEN 7 ELSE 0 END AS not_assessable
FROM failing WHERE form <> '2014';

INSERT INTO quality_yearly BY NAME
SELECT r.org_id, r.report_id, r.report_year, r.scope, k.errors AS errors_failed,
    k.warnings AS warnings_failed, k.not_assessable,
    CASE WHEN k.not_assessable = 0 THEN k.infos > 0 END AS all_zero
FROM reports r LEFT JOIN check_reports k USING (report_id);

INSERT INTO check_results BY NAME
SELECT report_id, rule_id, CASE rule_id WHEN 'all_zero' THEN 'report' ELSE 'total' END AS subject,
    CASE rule_id WHEN 'all_zero' THEN '整份报告' ELSE '收到和处理政府信息公开申请情况：总计' END AS subject_zh,
    CASE rule_id WHEN 'all_zero' THEN 'Whole report' ELSE 'Applications received and processed: Total' END
        AS subject_en,
    'fail' AS status, severity, '5' AS expected, '3' AS observed, '各项之和 5；总计 3' AS note,
    CASE WHEN chance(report_id, rule_id, 'blame') < 0.2 THEN 'reading' ELSE 'publisher' END AS blame,
    CASE WHEN chance(report_id, rule_id, 'state') < 0.3 THEN 'false_alarm' ELSE 'open' END AS state,
    CASE rule_id WHEN 'all_zero' THEN NULL
        ELSE '《表三》“（七）总计”·总计：填报 3，应为 5（各项之和 5）' END AS message_zh,
    CASE rule_id WHEN 'all_zero' THEN NULL
        ELSE 'Table 3, “（七）总计”, total: printed 3, expected 5 (sum of the outcomes)' END AS message_en
FROM failing WHERE failed AND NOT open;

INSERT INTO findings BY NAME
SELECT report_id, 'missing_row' AS code, 'warning' AS severity,
    'row 规章 (proactive.regulations) is not there' AS message, '' AS location
FROM filed WHERE chance(report_id, '', 'finding') < 0.1;

INSERT INTO quarantine BY NAME
SELECT md5(range::VARCHAR) || md5('q') AS sha256, 0 AS ordinal, 'sample/portal' AS portal_id,
    'https://www.example.gov.cn/' || range AS source_url,
    ['not_a_report', 'unsupported_format', 'converter_missing'][1 + range % 3] AS code,
    'the reason in words' AS message
FROM range(17);
