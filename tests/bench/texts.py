"""All rules over whole reports, texts and cells, without those about copies: seconds and memory.

`cd tests && python -m bench.texts [100000 1000000]`. The reports are clean ones read as files are, each
repeated under other bodies, in the warehouse's own tables. Numbers that differ from report to report,
some of them wrong, are in `bench.quality`; copies are measured apart (`bench.similarity`).
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench.figures import Figure, publish
from nianbao.forms import load_forms
from nianbao.quality.rule import load_rules
from nianbao.quality.run import check
from support.text_checks import bodies, clean_texts, warehouse_of

_READ = 400
_REPEATED = """
CREATE TEMP TABLE numbered AS
SELECT n::INTEGER AS number, o.version AS original
FROM range($reports) r(n) JOIN report_versions o ON o.version = 1 + n % $read;
CREATE TEMP TABLE sections AS
SELECT n.number + 1000000000 AS version, s.* EXCLUDE (version)
FROM numbered n JOIN stored_sections s ON s.version = n.original;
CREATE TEMP TABLE facts AS
SELECT n.number + 1000000000 AS version, f.* EXCLUDE (version)
FROM numbered n JOIN stored_facts f ON f.version = n.original;
INSERT INTO report_versions BY NAME
SELECT o.* REPLACE (format('r{:09d}', n.number) AS report_id, n.number + 1000000000 AS version,
                    format('o{:07d}', n.number) AS org_id, format('d{:09d}', n.number) AS sha256)
FROM numbered n JOIN report_versions o ON o.version = n.original;
INSERT INTO organisations BY NAME
SELECT format('o{:07d}', number) AS org_id, 'body' AS name FROM numbered;
INSERT INTO stored_sections BY NAME SELECT * EXCLUDE (signature) FROM sections ORDER BY version;
INSERT INTO stored_facts BY NAME FROM facts ORDER BY version;
DROP TABLE sections; DROP TABLE facts;
"""
_CELLS = """
INSERT INTO form_values_{form} BY NAME
SELECT c.* REPLACE (n.number + 1000000000 AS version)
FROM numbered n JOIN form_values_{form} c ON c.version = n.original ORDER BY n.number
"""


def main() -> None:
    """Measure for each number of reports, and write the figures."""
    numbers = [int(word) for word in sys.argv[1:]] or [100_000, 1_000_000]
    publish("texts", [figure for number in numbers for figure in _measured(number)])


def _measured(reports: int) -> list[Figure]:
    rules = [rule for rule in load_rules() if rule.theme != "copying"]
    with tempfile.TemporaryDirectory() as folder:
        file = warehouse_of(Path(folder), clean_texts(_READ, bodies()).values())
        with duckdb.connect(
            str(file), config={"memory_limit": "6GB", "temp_directory": folder}
        ) as con:
            con.execute(_REPEATED.replace("$reports", str(reports)).replace("$read", str(_READ)))
            for form in load_forms():
                con.execute(_CELLS.format(form=form))
            con.execute("CHECKPOINT")
            (signs,) = con.execute("SELECT sum(length(text)) FROM stored_sections").fetchone() or (
                0,
            )
            began, spent = time.perf_counter(), time.process_time()
            check(con, rules)
            seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return [
        Figure("seconds", "s", seconds, 120, "bound", 120 / seconds, reports),
        Figure("CPU seconds", "s", cpu, 240, "bound", 240 / cpu, reports),
        Figure("peak memory", "GB", peak, 8, "bound", 8 / peak, reports),
        Figure("text", "million characters", signs / 1e6, 0, "", 1.0, reports),
    ]


if __name__ == "__main__":
    main()
