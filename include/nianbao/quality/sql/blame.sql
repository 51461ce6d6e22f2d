-- Whether a failed check is the publisher's fault or the reading's: by what it rests on. Only cells
-- with something to say are looked up, and those are few.
CREATE TEMP TABLE doubted_cells AS
WITH failing AS (
    SELECT DISTINCT report, form, report_id, code
    FROM (SELECT report, form, report_id, unnest(cells) AS code FROM pending WHERE status = 'fail')
),
noticed AS (
    SELECT DISTINCT report, report_id, regexp_extract(location, '^t\d+\.r\d+') AS row_place
    FROM findings JOIN checked_reports USING (report_id)
    WHERE severity <> 'info' AND location LIKE 't%.r%'
),
-- Places are looked up only in reports whose reader had doubts about a row.
in_noticed_rows AS (
    SELECT f.report, f.code
    FROM report_cells c
    JOIN (FROM failing SEMI JOIN noticed USING (report)) f USING (report_id, code)
    SEMI JOIN noticed n
      ON n.report_id = c.report_id AND n.row_place = regexp_extract(c.location, '^t\d+\.r\d+')
),
missing AS (
    SELECT report, code
    FROM failing f
    JOIN asked_cells a USING (form, code)
    SEMI JOIN unread_places u ON u.report = f.report AND u.place = a.place
)
SELECT report, code, min(doubt) AS doubt
FROM (
    SELECT report, code, 1 AS doubt FROM failing SEMI JOIN placed_by_position USING (report, code)
    UNION ALL SELECT report, code, 2 FROM in_noticed_rows
    UNION ALL SELECT report, code, 3 FROM failing SEMI JOIN (FROM printed_words WHERE is_text)
        USING (report, code)
    UNION ALL SELECT report, code, 4 FROM missing
)
GROUP BY report, code;

-- What was recognised in a picture may be misread anywhere.
CREATE TEMP TABLE pictured AS
SELECT r.report FROM checked_reports r JOIN documents d USING (sha256)
WHERE d.reader IN ('ocr', 'scan', 'image');

CREATE TEMP TABLE blamed AS
WITH doubts AS (
    SELECT p.report, p.rule_id, p.subject, min(d.doubt) AS doubt
    FROM (SELECT report, rule_id, subject, unnest(cells) AS code FROM pending WHERE status = 'fail') p
    JOIN doubted_cells d USING (report, code)
    GROUP BY ALL
),
weighed AS (
    SELECT p.*, CASE WHEN p.status <> 'fail' THEN NULL
                     WHEN p.rule_blame = 'record' THEN 8
                     WHEN x.report IS NOT NULL THEN 0
                     WHEN d.doubt IS NOT NULL THEN d.doubt
                     WHEN p.rule_blame = 'unclear' THEN 6
                     WHEN len(p.cells) > 0 THEN 5
                     ELSE 7
                END AS doubt
    FROM pending p
    LEFT JOIN doubts d USING (report, rule_id, subject)
    LEFT JOIN pictured x USING (report)
)
SELECT * EXCLUDE (doubt),
    CASE WHEN doubt <= 2 THEN 'reading' WHEN doubt IN (3, 4, 6) THEN 'unclear'
         WHEN doubt IN (5, 7, 8) THEN 'publisher' END AS blame,
    ['文字由图片识别而来，可能误识', '行标签与表样不符，是按位置认定的', '识读时对该行已有疑问',
     '有的单元格印的不是数字', '有的行没有找到', '各单元格按表样标签读出，识读没有疑问',
     '仅凭报告本身不能断定是否填报问题', '依据的是文字和结构，不涉及表格数字，识读没有疑问',
     '依据的是公布情况，不涉及识读'][doubt + 1] AS blame_zh,
    ['the words were recognised in a picture', 'a row was recognised by its place, not by its label',
     'the reader had doubts about the row', 'a cell prints something that is no number',
     'a row was not found', 'every cell was read under the label of the form, without doubts',
     'the report alone does not tell whether the publisher is wrong',
     'it rests on words and structure and on no number of a table; the reading had no doubts',
     'it rests on how the report was published, and on nothing that was read'][doubt + 1] AS blame_en
FROM weighed;
