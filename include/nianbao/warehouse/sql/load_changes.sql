-- What a document changed against the one before it, for reports that have several. The order is that
-- in which they were first seen, whichever of them counts now. Few reports have several documents:
-- the others are left out before any cell is read.
CREATE TEMP TABLE steps AS
SELECT * FROM (
    SELECT report_id, version AS to_version, sha256 AS to_sha256,
        lag(version) OVER seen AS from_version, lag(sha256) OVER seen AS from_sha256
    FROM report_versions
    WHERE report_id IN (SELECT report_id FROM report_versions GROUP BY report_id HAVING count(*) > 1)
    WINDOW seen AS (PARTITION BY report_id ORDER BY first_seen_at, sha256, ordinal)
)
WHERE from_version IS NOT NULL;

-- As a table of its own: the views join the texts of all versions where they are asked for some.
CREATE TEMP TABLE stepped AS
WITH wanted AS (SELECT from_version AS version FROM steps UNION SELECT to_version FROM steps),
own AS (SELECT * FROM stored_cells SEMI JOIN wanted USING (version)),
odd AS (SELECT * FROM odd_cells SEMI JOIN wanted USING (version)),
numbers AS (SELECT *, coalesce(exact, value::DECIMAL(18, 4)) AS number FROM own)
SELECT n.version, n.cell, f.code, n.number AS value, n.kind, o.unit, o.note,
    CASE WHEN o.raw IS NOT NULL THEN o.raw
         WHEN number IS NULL THEN ''
         ELSE rtrim(rtrim(number::VARCHAR, '0'), '.') END AS raw
FROM numbers n JOIN form_cells f USING (cell) LEFT JOIN odd o USING (version, cell);

INSERT INTO report_changes BY NAME
WITH old AS (FROM steps s JOIN stepped c ON c.version = s.from_version),
new AS (FROM steps s JOIN stepped c ON c.version = s.to_version)
SELECT report_id, code, from_sha256, to_sha256, old.raw AS old_raw, new.raw AS new_raw,
    old.value AS old_value, new.value AS new_value
FROM old FULL JOIN new USING (report_id, from_sha256, to_sha256, to_version, code)
WHERE (old.raw, old.value, old.kind, old.unit, old.note)
    IS DISTINCT FROM (new.raw, new.value, new.kind, new.unit, new.note)
ORDER BY report_id, to_version, code;
