"""The gate: runs both checkpoints over a staging warehouse and builds the pages about it.

A failed check of a report is a finding and passes; a failed integrity rule, or a rule that nobody
evaluated, does not.
"""

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import great_expectations as gx
from great_expectations.checkpoint.checkpoint import CheckpointResult
from great_expectations.core.run_identifier import RunIdentifier
from great_expectations.data_context.data_context.file_data_context import FileDataContext
from great_expectations.exceptions.exceptions import GreatExpectationsError

from nianbao.errors import GateError
from nianbao.quality.expectations import expectation  # noqa: F401  registers our expectations
from nianbao.quality.expectations.addresses import results_page
from nianbao.quality.expectations.dialect import read_only_url
from nianbao.quality.expectations.integrity import load_integrity_rules
from nianbao.quality.expectations.records import RuleRecord, record_of
from nianbao.quality.expectations.suites import REPORT_CHECKS, WAREHOUSE_INTEGRITY

PREFIX = "NIANBAO_GX_"


@dataclass(frozen=True)
class GateResult:
    """What the expectations came to over one staging warehouse."""

    evaluated_rule_ids: tuple[str, ...]
    """Rules whose SQL ran into the checks and whose expectation was evaluated."""
    failing_rules: dict[str, int]
    """Failing rows of each rule that some report fails."""
    blocking_failures: dict[str, int]
    """Offending rows of each integrity rule that does not hold."""
    docs_index: Path
    integrity_rules: int = 0
    """Rules about the warehouse itself that were evaluated."""
    problems: tuple[str, ...] = field(default=())
    """Why the build may not be published, a line each; empty where it may."""

    @property
    def passed(self) -> bool:
        """True where the build may be published."""
        return not self.problems


def run_gate(
    great_expectations_dir: Path,
    staging: Path,
    docs_folder: Path,
    rule_ids: Collection[str],
    *,
    build: str = "",
) -> GateResult:
    """Evaluate the staging warehouse, write the pages into `docs_folder`, and return the result.

    `build` is the name under which the pages speak of it, the file's own if none is given. No
    connection to the staging file may be open in this process. Raises `GateError` where an
    integrity rule fails or the rules evaluated are not `rule_ids`; the pages are there even then.
    Raises it without pages where the staging file or the configuration cannot be used.
    """
    result = evaluate(great_expectations_dir, staging, docs_folder, rule_ids, build=build)
    if not result.passed:
        raise GateError(f"{'; '.join(result.problems)} (see {result.docs_index})")
    return result


def evaluate(
    great_expectations_dir: Path,
    staging: Path,
    docs_folder: Path,
    rule_ids: Collection[str],
    *,
    build: str = "",
    results: Path | None = None,
) -> GateResult:
    """Do what `run_gate` does, but return a result that did not pass as well.

    `results` is where Great Expectations' own record goes, beside the pages if nothing is given.
    """
    record = results or docs_folder.with_name(f"{docs_folder.name}_results")
    checked = _evaluated_in(staging)
    docs_folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=docs_folder.parent, prefix=".gate-") as work:
        stored, docs = Path(work, "results"), Path(work, "docs")
        with _variables(CONNECTION=read_only_url(staging), RESULTS=str(stored), DOCS=str(docs)):
            records = _run(great_expectations_dir, run_name=build or staging.stem)
        for suite in _suites_of(great_expectations_dir):
            _shorten(docs, suite)
        _replace(stored, record)
        _replace(docs, docs_folder)
    return _judge(records, checked, set(rule_ids), docs_folder / "index.html")


def _run(great_expectations_dir: Path, run_name: str) -> dict[str, list[RuleRecord]]:
    """Run both checkpoints, build the pages, and return the records of each suite."""
    run_id = RunIdentifier(run_name=run_name)
    try:
        context = gx.get_context(mode="file", context_root_dir=great_expectations_dir)
        records = {
            name: _records(context.checkpoints.get(name).run(run_id=run_id))
            for name in (REPORT_CHECKS, WAREHOUSE_INTEGRITY)
        }
        _build_pages(context)
    except GreatExpectationsError as error:
        raise GateError(f"Great Expectations could not run: {error}") from error
    return records


def _records(result: CheckpointResult) -> list[RuleRecord]:
    return [record_of(one) for suite in result.run_results.values() for one in suite.results]


def _build_pages(context: FileDataContext) -> None:
    context.build_data_docs()
    # Copied by the site builder for its own pages; ours carry all they need.
    shutil.rmtree(Path(os.environ[f"{PREFIX}DOCS"]) / "static", ignore_errors=True)


def _shorten(docs: Path, suite: str) -> None:
    """Give a suite's page of results the short address that every link to it has.

    Raises `GateError` where it is missing: the site builder logs its errors and carries on.
    """
    folder = docs / "validations" / suite
    pages = sorted(folder.rglob("*.html"))
    if not pages or not (docs / "index.html").stat().st_size:
        raise GateError(f"the page of {suite} could not be written; the log says why")
    pages[-1].rename(results_page(docs, suite))
    shutil.rmtree(folder)


def _suites_of(great_expectations_dir: Path) -> list[str]:
    return sorted(path.stem for path in (great_expectations_dir / "expectations").glob("*.json"))


def _judge(
    records: Mapping[str, list[RuleRecord]], checked: set[str], wanted: set[str], index: Path
) -> GateResult:
    rules, integrity = records[REPORT_CHECKS], records[WAREHOUSE_INTEGRITY]
    # A rule has a record per form; it counts as evaluated where all of them were.
    errors = {record.rule_id for record in rules if record.error}
    evaluated = ({record.rule_id for record in rules} - errors) & checked
    return GateResult(
        evaluated_rule_ids=tuple(sorted(evaluated)),
        failing_rules=_failing(rules),
        blocking_failures=_failing(integrity),
        docs_index=index,
        integrity_rules=sum(not record.error for record in integrity),
        problems=(*_differences(evaluated, wanted), *_broken(integrity), *_errors(rules)),
    )


def _differences(evaluated: set[str], wanted: set[str]) -> Iterator[str]:
    if missing := sorted(wanted - evaluated):
        yield f"rules not evaluated: {', '.join(missing)}"
    if unknown := sorted(evaluated - wanted):
        yield f"rules evaluated that have no file: {', '.join(unknown)}"


def _broken(integrity: list[RuleRecord]) -> Iterator[str]:
    for record in integrity:
        if not record.passed:
            yield f"{record.rule_id}: {record.error or f'{record.failing} rows'}"
    expected = {rule.id for rule in load_integrity_rules()}
    if expected != {record.rule_id for record in integrity}:
        yield "the suite of integrity rules is not that of their files"


def _errors(rules: list[RuleRecord]) -> Iterator[str]:
    return (f"{record.rule_id}: {record.error}" for record in rules if record.error)


def _failing(records: list[RuleRecord]) -> dict[str, int]:
    failing: dict[str, int] = {}
    for record in records:
        if record.failing:
            failing[record.rule_id] = failing.get(record.rule_id, 0) + record.failing
    return failing


def _evaluated_in(staging: Path) -> set[str]:
    """Return the rules whose SQL ran into the checks.

    The connection is closed before Great Expectations opens its own: in one process, DuckDB
    refuses two that differ in their settings.
    """
    try:
        with duckdb.connect(staging, read_only=True) as connection:
            rows = connection.execute("SELECT rule_id FROM evaluated_rules").fetchall()
    except duckdb.Error as error:
        raise GateError(f"{staging} is no staging warehouse: {error}") from error
    return {rule_id for (rule_id,) in rows}


@contextmanager
def _variables(**values: str) -> Iterator[None]:
    """Set the variables of great_expectations.yml, and put back what was there."""
    before = {f"{PREFIX}{name}": os.environ.get(f"{PREFIX}{name}") for name in values}
    os.environ.update({f"{PREFIX}{name}": value for name, value in values.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _replace(source: Path, target: Path) -> None:
    """Move a finished folder to where the former one is."""
    shutil.rmtree(target, ignore_errors=True)
    if source.exists():
        source.rename(target)
