"""Printed texts read, built into one warehouse and checked: what failed, report by report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from nianbao.archive.log import FETCH_SCHEMA
from nianbao.divisions import load_divisions
from nianbao.model import Fetch, Portal, sha256_of
from nianbao.pipeline.reading import read_reports
from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from nianbao.reports.parsed import PARSED_SCHEMA, to_table
from nianbao.sample.content import Heading, Text
from nianbao.sample.text_faults import Faulty, TextFault, faulty_report, text_faults
from nianbao.sample.text_reports import FORM_YEARS, clean_parts, text_report
from nianbao.sample.word_text import text_of_parts
from nianbao.warehouse.build import Sources, build

TEXT_THEMES = {"narrative", "structure", "identity", "text", "publication", "copying"}
Key = tuple[str, int]
Failure = tuple[str, str]
"""Rule and severity."""
LATE, GAP, PICTURE, LISTED = (f"泰安市{name}" for name in ("林业局", "体育局", "气象局", "粮食局"))
CHANGED = "泰安市档案局"
"""Bodies that are told of beside their text."""
_PORTAL = Portal(id="files", name="files", family="inbox")
_START = datetime(2026, 1, 1, tzinfo=UTC)

_BUREAUS = (
    "统计局",
    "民政局",
    "农业农村局",
    "审计局",
    "商务局",
    "教育局",
    "水务局",
    "文化和旅游局",
)


def bodies(first: int = 0) -> Iterator[str]:
    """Yield names of bodies, never one twice."""
    known = [one for entries in load_divisions().values() for one in entries]
    names = Counter(one.name for one in known)
    # Places that were never renamed, merged or divided: bodies of one place through time are one body.
    places = sorted(
        one.name
        for one in known
        if names[one.name] == 1 and one.last_year is None and one.first_year <= 2013
        and one.name[-1] in "县市区" and len(one.name) > 2
    )  # fmt: skip
    return (
        f"{places[n * 7 % len(places)]}{_BUREAUS[n // len(places)]}"
        for n in count(first)
        if n // len(places) < len(_BUREAUS)
    )


def failures(folder: Path, texts: Iterable[str]) -> dict[Key, set[Failure]]:
    """Return what failed in each report, by organisation as printed and report year."""
    file = warehouse_of(folder, texts)
    run_checks(file, load_rules())
    return failures_in(file)


def failures_in(file: Path) -> dict[Key, set[Failure]]:
    """Return what failed in each report of a warehouse that was checked."""
    with duckdb.connect(str(file), read_only=True) as con:
        rows = con.execute(
            "SELECT r.organisation_printed, r.report_year, c.rule_id, c.severity FROM reports r "
            "LEFT JOIN check_results c USING (report_id)"
        ).fetchall()
    found: dict[Key, set[Failure]] = {}
    for organisation, year, rule, severity in rows:
        kept = found.setdefault((organisation, year), set())
        if rule is not None:
            kept.add((rule, severity))
    return found


def about_text(failed: Iterable[Failure], *, also: str = "error") -> set[Failure]:
    """Return the failures of rules about text, and those of a severity of any rule."""
    themes = {rule.id: rule.theme for rule in load_rules()}
    return {one for one in failed if one[1] == also or themes.get(one[0]) in TEXT_THEMES}


def warehouse_of(folder: Path, texts: Iterable[str]) -> Path:
    """Return the file of a warehouse with the reports of some texts, an address each."""
    return warehouse_at(folder, [(f"{number}.txt", text) for number, text in enumerate(texts)])


def warehouse_at(folder: Path, served: Iterable[tuple[str, str]]) -> Path:
    """Return the file of a warehouse; an address that served several texts served them in order."""
    readings, fetches = [], []
    for second, (url, text) in enumerate(served):
        data = text.encode()
        readings.append(read_reports(sha256_of(data), data))
        fetches.append(
            Fetch("files", url, "report", "fetched", _START + timedelta(seconds=second), 0,
                  sha256=readings[-1].sha256)
        )  # fmt: skip
    parsed = folder / "parsed.parquet"
    pq.write_table(to_table(readings), parsed)
    log = pa.Table.from_pylist([asdict(fetch) for fetch in fetches], schema=FETCH_SCHEMA)
    log = log.append_column("run_id", pa.array(["files"] * len(log), pa.string()))
    file = folder / "texts.duckdb"
    build(file, Sources(log, [str(parsed)], PARSED_SCHEMA, [_PORTAL]))
    return file


def clean_texts(
    number: int, names: Iterator[str], extra: Mapping[int, str] | None = None
) -> dict[Key, str]:
    """Return clean reports, by organisation and year; `extra` has sentences for section one of some."""
    texts, forms = {}, tuple(FORM_YEARS)
    for seed in range(number):
        form, organisation = forms[seed % len(forms)], next(names)
        first, last = FORM_YEARS[form]
        year = first + seed // len(forms) % (last - first + 1)
        report = text_report(form, organisation, year, seed)
        parts = clean_parts(report, seed, tables=form != "none")
        if extra:
            facts = {"year": year, "last": year - 1, "next": year + 1, "body": organisation}
            second = [n for n, part in enumerate(parts) if isinstance(part, Heading)][1]
            parts.insert(second, Text(extra[seed].format(**facts)))
        texts[organisation, year] = text_of_parts(parts)
    return texts


def faulty_reports(
    each: int, names: Iterator[str], faults: Sequence[TextFault] = ()
) -> list[Faulty]:
    """Return so many reports for each fault, over the fault's forms in turn, each of its own body."""
    return [
        faulty_report(fault, fault.forms[n % len(fault.forms)], next(names), next(names), n + 1)
        for fault in faults or text_faults()
        for n in range(each)
    ]


def wrong_findings(found: Mapping[Key, set[Failure]], reports: Sequence[Faulty]) -> list[str]:
    """Return what was missed and what fired beside the faults, in words."""
    wrong = []
    for one in reports:
        failed = found.get((one.organisation, one.year), {("unread", "error")})
        name = f"{one.fault.name} on {one.form}, {one.organisation} {one.year}"
        if one.fault.rule not in {rule for rule, _ in failed}:
            wrong.append(f"{name}: {one.fault.rule} is silent, {sorted(failed)}")
        wrong += [
            f"{name}: {rule} fired"
            for rule, severity in sorted(about_text(failed))
            if rule != one.fault.rule and severity != "info"
        ]
    return wrong


def texts_of(reports: Iterable[Faulty]) -> list[str]:
    """Return the texts of reports, with those that they were copied from."""
    return list(dict.fromkeys(text for one in reports for text in one.texts))
