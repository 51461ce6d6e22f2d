-- What the rules share. A count can't be negative, so blanks can only add to what is printed:
-- printed parts above the total fail, parts that reach it pass, anything less can't be assessed.
-- A part that is printed but unread, or whose row is missing, is no blank: it may hold any number.

CREATE TEMP MACRO printed(x) AS CASE WHEN x IS NULL THEN 0 ELSE 1 END;

CREATE TEMP MACRO is_unread(kind) AS kind IN ('text', 'missing');

CREATE TEMP MACRO sum_status(printed_sum, printed_cells, unread_cells, all_cells, total) AS
    CASE WHEN total IS NULL THEN 'not_assessable'
         WHEN printed_cells = all_cells AND printed_sum = total THEN 'pass'
         WHEN printed_cells = all_cells OR printed_sum > total THEN 'fail'
         WHEN printed_cells > 0 AND unread_cells = 0 AND printed_sum = total THEN 'pass'
         ELSE 'not_assessable' END;

-- 3 rather than 3.0, and a stroke for what is not printed.
CREATE TEMP MACRO shown(x) AS
    CASE WHEN x IS NULL THEN '—'
         WHEN x = floor(x) THEN x::BIGINT::VARCHAR
         ELSE x::VARCHAR END;

CREATE TEMP MACRO blanks_note(blanks) AS
    CASE WHEN blanks > 0 THEN format('（{} 格未填）', blanks) ELSE '' END;
