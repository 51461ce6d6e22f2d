"""Copied sections found among many reports, by their signatures: seconds, memory, and what was found.

`cd tests && python -m bench.similarity [100000 1000000]`. Signatures are drawn at random, since
texts that nobody copied share next to nothing; some sections are then given another's signature with
a few places changed, as a copy with a few words changed has, and some a template's.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.figures import Figure, publish
from nianbao.quality.similarity import find_copies

_YEARS = 5
_LIMITS = {"memory_limit": "6GB"}
_WORLD = """
CREATE TABLE checked_reports AS
SELECT n::INTEGER AS report, format('r{:08d}', n) AS report_id, format('o{:07d}', n // $years) AS org_id,
       (2019 + n % $years)::SMALLINT AS report_year, 'agency' AS scope, '2021' AS form, n::INTEGER AS version
FROM range($reports) r(n);
CREATE TABLE report_versions AS
SELECT version, report_id, report_id AS sha256, 1::SMALLINT AS ordinal FROM checked_reports;
CREATE TABLE checked_versions AS SELECT report, version, form, report_year, scope FROM checked_reports;
CREATE TABLE previous_reports AS
SELECT report, report - 1 AS previous, form AS previous_form FROM checked_reports WHERE report % $years > 0;
CREATE TABLE organisation_successions (org_id VARCHAR, successor_id VARCHAR);
-- Of 100 reports one has last year's sections, one those of the body before it, one a template's.
CREATE TABLE drawn AS
SELECT report, version, code, CASE
    WHEN report % 100 = 13 THEN report - 1
    WHEN report % 100 = 57 THEN report - $years
    WHEN report % 100 = 77 THEN -1
    ELSE report END AS source, report % 100 IN (13, 57, 77) AS is_copy
FROM checked_versions, (VALUES ('overview'), ('problems')) c(code);
CREATE TABLE stored_sections AS
SELECT version, code, 'p1' AS location, repeat('x', 400) AS text,
    list_transform(range(128), lambda i: (CASE WHEN is_copy AND hash(report, i, 'changed') % 100 < 4
        THEN hash(report, code, i) ELSE hash(source, code, i) END & 4294967295)::BIGINT) AS signature
FROM drawn;
CREATE TABLE copied_sections (kind VARCHAR, similarity DOUBLE, report_id VARCHAR, sha256 VARCHAR,
    ordinal SMALLINT, code VARCHAR, location VARCHAR, text VARCHAR, other_report_id VARCHAR,
    other_sha256 VARCHAR, other_ordinal SMALLINT, other_location VARCHAR, other_text VARCHAR);
"""
_EXPECTED = """
SELECT count(*), count(*) FILTER (found) FROM (
    SELECT d.report, EXISTS (FROM copied_sections c JOIN checked_reports r USING (report_id)
                             WHERE r.report = d.report AND c.code = d.code) AS found
    FROM drawn d WHERE d.report % 100 IN (13, 57))
"""
_WRONG = """
SELECT count(*) FROM copied_sections c JOIN checked_reports r USING (report_id)
WHERE r.report % 100 NOT IN (13, 52, 57)  -- of one year, who has it from whom is not known
"""


def main() -> None:
    """Measure for each number of reports, and write the figures."""
    numbers = [int(word) for word in sys.argv[1:]] or [100_000, 1_000_000]
    figures = [figure for number in numbers for figure in _measured(number)]
    publish("similarity", figures)


def _measured(reports: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "signatures.duckdb"
        with duckdb.connect(str(file), config={**_LIMITS, "temp_directory": folder}) as con:
            world = _WORLD.replace("$reports", str(reports)).replace("$years", str(_YEARS))
            con.execute(world)
            began, spent = time.perf_counter(), time.process_time()
            find_copies(con)
            seconds, cpu = time.perf_counter() - began, time.process_time() - spent
            planted, found = con.execute(_EXPECTED).fetchone() or (0, 0)
            (wrong,) = con.execute(_WRONG).fetchone() or (0,)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [
        Figure("seconds", "s", seconds, 120, "bound", 120 / seconds, reports),
        Figure("CPU seconds", "s", cpu, 240, "bound", 240 / cpu, reports),
        Figure("peak memory", "GB", peak, 8, "bound", 8 / peak, reports),
        Figure("copies found", "share", found / planted, 1, "planted", found / planted, planted),
        Figure("found without a copy", "sections", wrong, 0, "planted", 1.0 if not wrong else 0.0, reports),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
