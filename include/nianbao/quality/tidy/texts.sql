-- What the rules about text read. Versions have numbers, as reports have: joins are over integers.

CREATE TEMP TABLE checked_versions AS
SELECT c.report, c.form, c.report_year, c.scope, v.version
FROM checked_reports c JOIN (FROM report_versions WHERE is_current) v USING (report_id);

-- The sections in printed order (`place`), each text read once. `signs` is its length, `aspects` what of
-- the five matters it speaks of, one bit each; `kept` is the text where something in it is odd.
CREATE TEMP TABLE text_sections AS
SELECT v.report, v.form, v.report_year, s.rowid AS place, s.number, s.code, s.title, s.location,
       length(trim(s.text)) AS signs,
       CASE WHEN s.code = 'overview' THEN {aspects} END AS aspects,
       CASE WHEN v.report_year >= 2021 AND (s.code IS NULL OR s.code NOT IN ('applications', 'proactive'))
            -- Each pattern has this sign; to look for it first costs half as much.
            THEN contains(s.text, '费') AND regexp_matches(s.text, getvariable('words_fee')) END AS tells_fee,
       CASE WHEN s.code IN ('reviews', 'problems') OR s.code IS NULL
            THEN regexp_extract_all(s.text, '(?:^|\n)\s*([一二三四五六七八])、', 1) END AS listed,
       CASE WHEN s.code = 'other' AND length(s.text) < 200 THEN s.text END AS short_text,
       CASE WHEN regexp_matches(s.text, getvariable('words_suspicious')) THEN s.text END AS kept
FROM stored_sections s JOIN checked_versions v USING (version)
ORDER BY v.report, s.rowid;

-- Per report, which statutory sections have a heading; of a table of contents and the section itself
-- the longer counts.
CREATE TEMP TABLE section_headings AS
SELECT report, form, code, max(signs) AS signs, max(place) AS place, arg_max(location, (signs, location)) AS location,
       arg_max(title, (place, title)) AS title
FROM text_sections WHERE code IS NOT NULL AND form IN ('2019', '2021')
GROUP BY report, form, code;

-- A chapter under another title, with the section that is not there and would have its number.
CREATE TEMP TABLE foreign_chapters AS
WITH chapters AS (
    SELECT t.report, t.place, t.title, t.location, t.number, f.code, f.zh, f.en,
           regexp_matches(t.title, f.own_words) AS is_reworded,
           regexp_matches(t.title, '^\s*第?[一二三四五六七八]') AS is_chinese
    FROM text_sections t JOIN form_sections f ON f.form = t.form AND f.number = t.number
    WHERE t.code IS NULL AND NOT f.free
      AND NOT EXISTS (FROM section_headings h WHERE h.report = t.report AND h.code = f.code)
),
placed AS (
    SELECT c.*,
           (SELECT max(h.place) FROM section_headings h JOIN form_sections g USING (form, code)
            WHERE h.report = c.report AND g.number < c.number) AS after,
           (SELECT min(h.place) FROM section_headings h JOIN form_sections g USING (form, code)
            WHERE h.report = c.report AND g.number > c.number) AS before,
           -- A list inside a section has the numbers before it too: 四、… 五、… 六、….
           (SELECT bool_or(list_contains(t.listed, substr('一二三四五六七八', c.number - 1, 1)))
            FROM text_sections t WHERE t.report = c.report AND t.place < c.place) AS is_listed
    FROM chapters c
)
SELECT *, is_chinese AND coalesce(after < place, true) AND coalesce(before > place, true)
          AND NOT coalesce(is_listed, false) AS is_heading
FROM placed;

-- What the running text states, for the reports that are checked.
CREATE TEMP VIEW stated AS
SELECT v.report, v.form, v.report_year, v.scope, f.measure, f.value::DOUBLE AS value, f.unit, f.label,
       f.part_of::DOUBLE AS part_of, f.text, f.quote, f.location
FROM stored_facts f JOIN checked_versions v USING (version);

-- Counts that speak of all applications of the year, or of all reviews: the clause that states each is
-- looked at, since a part, a channel or one body of a government says nothing of the whole. Patterns are
-- constants, each in a branch of its own: one chosen per row would be compiled per row.
CREATE TEMP TABLE whole_counts AS
WITH counts AS (
    SELECT report, scope, measure, value, quote, location,
           measure IN ('reviews.received', 'litigation.received') AS is_review,
           regexp_replace(quote, getvariable('words_not_partial'), '', 'g') AS plain
    FROM stated
    WHERE measure IN ('applications.received', 'applications.carried_in', 'applications.carried_out',
                      'applications.answered', 'reviews.received', 'litigation.received')
),
clauses AS (
    SELECT *, CASE measure
        WHEN 'applications.received' THEN regexp_extract(
            plain, '[^，,。；;：:]*(?:新收|收到|受理|接到|收办)[^，,。；;]*申请[^，,。；;]*')
        WHEN 'applications.answered' THEN regexp_extract(plain, '[^，,。；;：:]*(?:办结|答复)[^，,。；;]*')
        WHEN 'reviews.received' THEN regexp_extract(plain, '[^，,。；;：:]*行政复议[^，,。；;]*')
        WHEN 'litigation.received' THEN regexp_extract(plain, '[^，,。；;：:]*行政诉讼[^，,。；;]*')
        ELSE regexp_extract(plain, '[^，,。；;：:]*结转[^，,。；;]*') END AS clause
    FROM counts
)
SELECT * EXCLUDE (is_review),
       measure = 'applications.received' AND regexp_matches(clause, getvariable('words_new_only')) AS is_new_only,
       regexp_matches(clause, getvariable('words_none_received')) AS is_none_received,
       regexp_matches(clause, getvariable('words_received_exactly')) AS is_exact,
       CASE WHEN is_review THEN NOT regexp_matches(clause, getvariable('words_outcome'))
            ELSE NOT regexp_matches(clause, getvariable('words_partial')) END
       AND (scope = 'agency' OR NOT regexp_matches(clause, getvariable('words_one_body')))
       AND (NOT (is_review OR measure = 'applications.received')
            OR regexp_matches(quote, getvariable('words_disclosure'))) AS is_whole
FROM clauses;

-- The groups of results, all applicants together, of the reports whose text counts any.
CREATE TEMP TABLE stated_totals AS
SELECT c.* FROM (FROM application_columns WHERE applicant = 'total') c
SEMI JOIN (
    FROM stated WHERE measure = 'applications.answered' OR measure IN (SELECT measure FROM stated_results)
) USING (report);
