-- Which change would make all identities of a failing report hold. A candidate is a set of cells with
-- what would be added to each; it is a hint if after it nothing is left over in any identity.

CREATE TEMP TABLE broken_reports AS
SELECT report, any_value(report_id) AS report_id, any_value(form) AS form
FROM pending
WHERE status = 'fail' AND rule_id IN (SELECT DISTINCT rule_id FROM identity_cells)
GROUP BY report
HAVING count(*) <= 12;  -- where a whole table is off, no single change explains it

INSERT INTO wanted_reports SELECT report FROM broken_reports;

CREATE TEMP TABLE broken_values AS
SELECT report, form, code, value FROM cell_values JOIN broken_reports USING (report);

-- What is left over in each identity, null where a cell has no number.
CREATE TEMP TABLE residues AS
SELECT b.report, b.form, i.rule_id, i.subject,
       CASE WHEN count(v.value) = count(*) THEN round(sum(i.sign * v.value), 4) END AS residue
FROM broken_reports b
JOIN identity_cells i USING (form)
LEFT JOIN broken_values v ON v.report = b.report AND v.code = i.code
GROUP BY ALL;

-- Rows whose own sum is off, their cells in order, the total last.
CREATE TEMP TABLE broken_rows AS
SELECT r.report, c.row_code, list(c.code ORDER BY c.rank) AS codes, list(v.value ORDER BY c.rank) AS was
FROM residues r
JOIN row_cells c ON c.form = r.form AND c.rule_id = r.rule_id AND c.subject = r.subject
JOIN broken_values v ON v.report = r.report AND v.code = c.code
WHERE r.residue <> 0
GROUP BY r.report, c.row_code
HAVING count(v.value) = count(*);

CREATE TEMP TABLE changed_rows AS
-- Two neighbours whose digits are one number: 1 | 2 for 12 | 0 or 0 | 12.
SELECT report, 'digits_split' AS kind, concat(row_code, '/', place, side) AS candidate, codes, was,
       list_transform(was, lambda x, i: CASE
           WHEN i = place + (side = 'right')::INTEGER THEN was[place] * 10 ** length(shown(was[place + 1])) + was[place + 1]
           WHEN i IN (place, place + 1) THEN 0 ELSE x END) AS becomes
FROM broken_rows
CROSS JOIN LATERAL unnest(range(1, len(was) - 1)) p(place)
CROSS JOIN (VALUES ('left'), ('right')) s(side)
WHERE was[place] BETWEEN 1 AND 99999 AND was[place + 1] BETWEEN 0 AND 99999
UNION ALL
-- A row one column too far right: what stands under the total is the last part, and the total is lost.
SELECT report, 'row_shifted', concat(row_code, '/left'), codes, was,
       list_append(was[2:], list_sum(was[2:]))
FROM broken_rows WHERE was[1] = 0
UNION ALL
-- A row one column too far left: the first part is lost.
SELECT report, 'row_shifted', concat(row_code, '/right'), codes, was,
       list_prepend(was[-2] - list_sum(was[:-3]), was[:-2])
FROM broken_rows WHERE was[-1] = 0 AND was[-2] >= list_sum(was[:-3]);

CREATE TEMP TABLE changes AS
-- One cell: it would have to take up what is left over in an identity that it is part of.
SELECT DISTINCT r.report, 'one_cell' AS kind, concat(i.code, '/', i.sign * r.residue) AS candidate, i.code,
       v.value AS was, v.value - i.sign * r.residue AS becomes
FROM residues r
JOIN identity_cells i USING (form, rule_id, subject)
JOIN broken_values v ON v.report = r.report AND v.code = i.code
WHERE r.residue <> 0
UNION ALL
SELECT report, kind, candidate, unnest(codes), unnest(was), unnest(becomes) FROM changed_rows;

CREATE TEMP TABLE mending AS
WITH effects AS (
    SELECT c.report, c.kind, c.candidate, i.rule_id, i.subject, sum(i.sign * (c.becomes - c.was)) AS effect
    FROM changes c
    JOIN broken_reports b USING (report)
    JOIN identity_cells i ON i.form = b.form AND i.code = c.code
    WHERE c.becomes <> c.was
    GROUP BY ALL
),
failing AS (SELECT report, count(*) AS broken FROM residues WHERE residue <> 0 GROUP BY report)
SELECT e.report, e.kind, e.candidate
FROM effects e
JOIN residues r USING (report, rule_id, subject)
JOIN failing f USING (report)
GROUP BY e.report, e.kind, e.candidate
HAVING coalesce(bool_and(same(r.residue + e.effect, 0)), false) AND count(r.residue) = count(*)
   AND count(*) FILTER (r.residue <> 0) = any_value(f.broken);

INSERT INTO check_hints BY NAME
WITH cells AS (
    SELECT c.*, b.report_id, l.zh, l.en, shown(c.was) AS before, shown(c.becomes) AS after,
           list_position(['one_cell', 'digits_split', 'row_shifted'], c.kind) AS rank
    FROM changes c
    JOIN mending m USING (report, kind, candidate)
    JOIN broken_reports b USING (report)
    JOIN cell_labels l ON l.form = b.form AND l.code = c.code
    WHERE c.becomes <> c.was
)
SELECT any_value(report_id) AS report_id, kind,
       list(code ORDER BY code) AS cells, list(before ORDER BY code) AS printed,
       list(after ORDER BY code) AS mended,
       concat(['只改一格，各项勾稽即全部成立：', '一个数字可能被拆到相邻两格，合并后各项勾稽即全部成立：',
               '整行可能错位一列，移回后各项勾稽即全部成立：'][any_value(rank)],
              string_agg(format('{}由 {} 改为 {}', zh, before, after), '，' ORDER BY code)) AS hint_zh,
       concat(['One change would make every identity hold: ',
               'A number may stand in two neighbouring cells; as one, every identity holds: ',
               'The row may stand one column off; moved back, every identity holds: '][any_value(rank)],
              string_agg(format('{} from {} to {}', en, before, after), ', ' ORDER BY code)) AS hint_en
FROM cells
GROUP BY report, kind, candidate
HAVING min(becomes) >= 0
ORDER BY report_id, kind, cells;
