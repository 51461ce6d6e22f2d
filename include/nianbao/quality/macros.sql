-- What the rules share. A count can't be negative, so blanks can only add to what is printed:
-- printed parts above the total fail, parts that reach it pass, anything less can't be assessed.
-- A part that is printed but unread, or whose row is missing, is no blank: it may hold any number.

CREATE TEMP MACRO printed(x) AS CASE WHEN x IS NULL THEN 0 ELSE 1 END;

-- Numbers have at most four decimals.
CREATE TEMP MACRO same(a, b) AS abs(a - b) < 0.00005;

CREATE TEMP MACRO sum_status(printed_sum, printed_cells, unread_cells, all_cells, total) AS
    CASE WHEN total IS NULL THEN 'not_assessable'
         WHEN printed_cells = all_cells AND same(printed_sum, total) THEN 'pass'
         WHEN printed_cells = all_cells OR printed_sum > total + 0.00005 THEN 'fail'
         WHEN printed_cells > 0 AND unread_cells = 0 AND same(printed_sum, total) THEN 'pass'
         ELSE 'not_assessable' END;

-- What must not be greater than something else.
CREATE TEMP MACRO within_status(part, whole) AS
    CASE WHEN part IS NULL OR whole IS NULL THEN 'not_assessable'
         WHEN part > whole + 0.00005 THEN 'fail'
         ELSE 'pass' END;

CREATE TEMP MACRO equal_status(a, b) AS
    CASE WHEN a IS NULL OR b IS NULL THEN 'not_assessable'
         WHEN same(a, b) THEN 'pass'
         ELSE 'fail' END;

-- 3 rather than 3.0, and a stroke for what is not printed.
CREATE TEMP MACRO shown(x) AS
    CASE WHEN x IS NULL THEN '—'
         WHEN x = floor(x) THEN x::BIGINT::VARCHAR
         ELSE round(x, 4)::VARCHAR END;

CREATE TEMP MACRO blanks_note(blanks) AS
    CASE WHEN blanks > 0 THEN format('；{} 格未填', blanks) ELSE '' END;
