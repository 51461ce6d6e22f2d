"""The expectation reports: beside each build that the gate judges, and by hand of a published version."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from nianbao.archive.store import Archive
from nianbao.documents.encoding import decode
from nianbao.documents.sniff import format_of
from nianbao.errors import ConfigurationError, GateError
from nianbao.quality.rule import load_rules, load_themes
from nianbao.settings import Settings
from nianbao.site.addresses import CHINA
from nianbao.site.checks.copies import Documents
from nianbao.site.checks.drift import drift_against
from nianbao.site.checks.gate import GateRecord, load_record
from nianbao.site.checks.make import DOCS, WantedReports, make_reports
from nianbao.site.folder import packed, replacing
from nianbao.site.words import LANGUAGES
from nianbao.warehouse.versions import (
    REPORTS_FOLDER,
    WAREHOUSE_FILE,
    current_version,
    is_kept,
    load_listing,
)

_DOCUMENTS = """
    SELECT count(DISTINCT sha256) FROM check_results
    WHERE $place = $china OR report_id IN (
        SELECT r.report_id FROM reports r JOIN organisations o USING (org_id)
        WHERE list_contains(
            [left(o.division, 2) || '0000', left(o.division, 4) || '00', o.division], $place))
"""
"""Documents of a place that fail something."""


@dataclass(frozen=True)
class _Build:
    """What the reports are made of."""

    name: str
    file: Path
    before: str
    """Id of the version that they are compared with; empty where there is none."""
    record: GateRecord | None
    docs: Path | None


def judge(settings: Settings, staging: Path, name: str) -> None:
    """Let Great Expectations judge a staging warehouse, and write the reports and their zip beside it.

    `name` is what the pages call the build. Raises `GateError` where a blocking expectation fails or
    a rule was not evaluated; the reports are there even then, and say so.
    """
    # Importing Great Expectations takes ten seconds, which only this step should pay.
    from nianbao.quality.expectations.gate import evaluate

    docs, out = staging / DOCS, staging / REPORTS_FOLDER
    result = evaluate(
        settings.great_expectations_dir,
        staging / WAREHOUSE_FILE,
        docs,
        [rule.id for rule in load_rules()],
        build=name,
        results=staging / f"{REPORTS_FOLDER}_results",
    )
    record = GateRecord(
        result.passed,
        len(result.evaluated_rule_ids),
        result.integrity_rules,
        list(result.problems),
        result.failing_rules,
    )
    current = current_version(settings.warehouse_root)
    built = _Build(name, staging / WAREHOUSE_FILE, current.id if current else "", record, docs)
    few = _few_documents(settings, built.file)
    _write(settings, out, built, copies=few, served=not few)
    packed(out, REPORTS_FOLDER)
    shutil.rmtree(docs)
    if not result.passed:
        raise GateError(f"{'; '.join(result.problems)} (see {out / 'index.html'})")


def check_report(
    settings: Settings,
    out: Path,
    *,
    place: str = "",
    version: str = "",
    copies: bool | None = None,
    as_zip: bool = False,
) -> dict[str, Any]:
    """Make the reports of a published version, the current one by default; they replace older ones.

    Those of one place come without the Data Docs, which speak of every place. Copies of documents go in
    where there are no more than `NIANBAO_REPORT_COPIES`, unless `copies` says otherwise. Raises
    `ConfigurationError` where there is no such version, it has nothing of the place, or the folder
    holds something else.
    """
    root = settings.warehouse_root
    current = current_version(root)
    chosen = version or (current.id if current else "")
    if not is_kept(root, chosen):
        raise ConfigurationError(f"no published version {chosen!r}")
    folder = root / "versions" / chosen
    published = folder / REPORTS_FOLDER
    docs = published / DOCS if not place and (published / DOCS).is_dir() else None
    before = _before(root, chosen)
    built = _Build(chosen, folder / WAREHOUSE_FILE, before, load_record(published), docs)
    wanted = _few_documents(settings, built.file, place) if copies is None else copies
    pages = _write(settings, out, built, place=place, copies=wanted)
    return {
        "version": chosen,
        "pages": pages,
        "copies": wanted,
        "start": str(out / "index.html"),
        "zip": str(packed(out, REPORTS_FOLDER)) if as_zip else None,
    }


def _write(
    settings: Settings,
    out: Path,
    built: _Build,
    *,
    place: str = "",
    copies: bool,
    served: bool = False,
) -> int:
    root = settings.warehouse_root
    place = place or CHINA
    old = root / "versions" / built.before / WAREHOUSE_FILE if is_kept(root, built.before) else None
    with replacing(out) as folder:
        whole = place == CHINA
        drift = drift_against(built.before, old, built.file, folder.scratch) if whole else None
        themes = load_themes()
        wanted = WantedReports(
            version=built.name,
            place=place,
            themes={
                one: {name: getattr(title, one) for name, title in themes.items()}
                for one in LANGUAGES
            },
            gate=built.record,
            drift=drift,
            data_docs=built.docs,
            documents=_documents(settings) if copies else None,
            served=served,
        )
        return make_reports(built.file, folder, wanted)


def _documents(settings: Settings) -> Documents:
    return Documents(Archive(settings.archive_root).get, format_of, decode)


def _few_documents(settings: Settings, file: Path, place: str = "") -> bool:
    """Tell whether the documents that fail something are few enough for copies of them."""
    with duckdb.connect(str(file), read_only=True) as con:
        row = con.execute(_DOCUMENTS, {"place": place or CHINA, "china": CHINA}).fetchone()
    return (int(row[0]) if row else 0) <= settings.report_copies


def _before(root: Path, version: str) -> str:
    """Return the id of the version that was published before one."""
    ids = [one.id for one in load_listing(root).versions]
    place = ids.index(version) if version in ids else 0
    return ids[place - 1] if place else ""
