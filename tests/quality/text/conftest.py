"""One warehouse with every case of these tests, checked once: most of the time goes into preparing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
import yaml

from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from nianbao.sample.text_faults import Faulty
from nianbao.sample.text_reports import clean_parts, text_report
from nianbao.sample.word_text import text_of_parts
from support.text_checks import (
    CHANGED,
    GAP,
    LATE,
    LISTED,
    PICTURE,
    Failure,
    Key,
    bodies,
    clean_texts,
    failures_in,
    faulty_reports,
    texts_of,
    warehouse_at,
)


@dataclass(frozen=True)
class Checked:
    """A checked warehouse, and which of its reports stand for what."""

    file: Path
    found: Mapping[Key, set[Failure]]
    faults: list[Faulty]
    clean: list[Key]
    lawful: Mapping[tuple[str, str], Key]
    """Rule and sentence → the report that holds it."""


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    names = bodies()
    faults = faulty_reports(2, names)
    clean = clean_texts(60, names)
    cases = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))
    sentences = [(rule, sentence) for rule, some in cases.items() for sentence in some]
    # Every sentence in a report on each form.
    quadrupled = [case for case in sentences for _ in range(4)]
    lawful = clean_texts(
        len(quadrupled), names, {n: sentence for n, (_, sentence) in enumerate(quadrupled)}
    )
    texts = [*texts_of(faults), *clean.values(), *lawful.values()]
    served = [(f"{n}.txt", text) for n, text in enumerate(texts)]
    file = warehouse_at(tmp_path_factory.mktemp("texts"), [*served, *_published()])
    _told_of(file)
    run_checks(file, load_rules())
    cases_by_key = {
        (f"{rule}/{n % 4}", sentence): key
        for n, ((rule, sentence), key) in enumerate(zip(quadrupled, lawful, strict=True))
    }
    return Checked(file, failures_in(file), faults, list(clean), cases_by_key)


def _published() -> list[tuple[str, str]]:
    """Return addresses and texts: one report each, and one that its address replaced by another."""
    single = [(f"{name}.txt", _text(name)) for name in (LATE, GAP, PICTURE, LISTED)]
    first = _text(CHANGED)
    license_row = "行政许可\n\t"
    assert license_row in first
    place = first.index(license_row) + len(license_row)
    second = first[:place] + "7" + first[place:]
    return [*single, (f"{CHANGED}.txt", first), (f"{CHANGED}.txt", second)]


def _text(name: str) -> str:
    report = text_report("2021", name, 2022, 5)
    return text_of_parts(clean_parts(report, 5, words=name))


def _told_of(file: Path) -> None:
    """Write what coverage, the readers and the lists would tell of some reports."""
    with duckdb.connect(str(file)) as con:
        ids = dict(con.execute("SELECT organisation_printed, org_id FROM reports").fetchall())
        con.execute(
            "UPDATE coverage SET status = 'late', deadline = '2023-01-31', published_on = '2023-02-15', "
            "basis = 'Article 50' WHERE org_id = ?",
            [ids[LATE]],
        )
        con.execute(
            "INSERT INTO coverage BY NAME SELECT ? AS org_id, unnest([2020, 2021]) AS report_year, "
            "'agency' AS scope, DATE '2022-01-31' AS deadline, unnest(['absent', 'not_seen']) AS status, "
            "'roster' AS obliged_by",
            [ids[GAP]],
        )
        con.execute(
            "UPDATE documents SET reader = 'ocr' WHERE sha256 IN "
            "(SELECT sha256 FROM reports WHERE org_id = ?)",
            [ids[PICTURE]],
        )
        con.execute(
            "INSERT INTO stored_findings BY NAME SELECT version, 'list_disagrees' AS code, "
            "'warning' AS severity, 'listed for 2021 under another' AS message, '' AS location "
            "FROM report_versions WHERE org_id = ?",
            [ids[LISTED]],
        )
