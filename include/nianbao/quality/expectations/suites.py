"""Writes the suites, validation definitions and checkpoints of `great_expectations/`.

They are derived from the rule files and the integrity files and are committed, so that a change
of a rule shows in review. The same rules give the same bytes. There is one suite per form and theme; one
checkpoint, `report_checks`, runs them all and blocks nothing, the other runs the integrity rules.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5

import yaml

from nianbao.quality.expectations.integrity import IntegrityRule, load_integrity_rules
from nianbao.quality.expectations.queries import (
    FAILED_CHECKS_ASSET,
    INTEGRITY_ASSET,
    failed_checks_query,
    offending_rows_query,
)

REPORT_CHECKS = "report_checks"
WAREHOUSE_INTEGRITY = "warehouse_integrity"
DATASOURCE = "warehouse"
BATCH = "all"

_SEVERITIES = {"error": "critical", "warning": "warning", "info": "info"}
"""Ours, and the word that Great Expectations has for it."""

Json = dict[str, Any]


class Rule(Protocol):
    """What the suites need to know of a rule."""

    @property
    def id(self) -> str:
        """Stable name of the rule."""

    @property
    def theme(self) -> str:
        """What the rule is about."""

    @property
    def severity(self) -> str:
        """One of error, warning, info."""

    @property
    def forms(self) -> Sequence[str]:
        """Names of the forms it speaks of."""

    @property
    def title_zh(self) -> str:
        """Chinese title."""

    @property
    def title_en(self) -> str:
        """English title."""

    @property
    def basis_zh(self) -> str:
        """Legal or arithmetical basis, in Chinese."""

    @property
    def basis_en(self) -> str:
        """Legal or arithmetical basis, in English."""

    @property
    def sql(self) -> str:
        """The query that evaluates it."""


def write_suites(
    folder: Path, rules: Iterable[Rule], integrity: Sequence[IntegrityRule] | None = None
) -> list[Path]:
    """Write every derived file below `folder` and return their paths.

    The folder must hold `great_expectations.yml`, which fixes the ids of the data assets. Files of
    suites that are no longer derived are removed.
    """
    written = []
    for name, content in _files(folder, rules, integrity or load_integrity_rules()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_text(content), "utf-8")
        written.append(path)
    _remove_others(folder, written)
    return written


def _files(
    folder: Path, rules: Iterable[Rule], integrity: Sequence[IntegrityRule]
) -> dict[str, Json]:
    assets = _assets(folder)
    checks = dict(_check_suites(rules))
    suites = {name: (FAILED_CHECKS_ASSET, expectations) for name, expectations in checks.items()}
    suites[WAREHOUSE_INTEGRITY] = (INTEGRITY_ASSET, [_no_rows(rule) for rule in integrity])
    files = {}
    for name, (asset, expectations) in suites.items():
        files[f"expectations/{name}.json"] = _suite(name, expectations)
        files[f"validation_definitions/{name}.json"] = _definition(name, assets[asset])
    files[f"checkpoints/{REPORT_CHECKS}.json"] = _checkpoint(REPORT_CHECKS, sorted(checks))
    files[f"checkpoints/{WAREHOUSE_INTEGRITY}.json"] = _checkpoint(
        WAREHOUSE_INTEGRITY, [WAREHOUSE_INTEGRITY]
    )
    return files


def suite_name(theme: str, form: str) -> str:
    """Return the name of the suite with the rules of a theme for one form."""
    return f"{theme}_{form}"


def _check_suites(rules: Iterable[Rule]) -> Iterator[tuple[str, list[Json]]]:
    """Yield (name, expectations) of each suite; a rule is in the suites of the forms it names."""
    found: dict[str, list[Json]] = {}
    for rule in rules:
        for form in rule.forms:
            name = suite_name(rule.theme, form)
            found.setdefault(name, []).append(_failed_checks(rule, name, form))
    yield from sorted(found.items())


def _failed_checks(rule: Rule, suite: str, form: str) -> Json:
    meta = _meta(rule.id, rule.title_zh, rule.title_en, rule.severity, rule.sql)
    return _expectation(
        "expect_no_failed_checks",
        suite,
        query=failed_checks_query(rule.id, form),
        severity=_SEVERITIES[rule.severity],
        meta=meta
        | {
            "basis_zh": rule.basis_zh,
            "basis_en": rule.basis_en,
            "forms": list(rule.forms),
        },
    )


def _no_rows(rule: IntegrityRule) -> Json:
    return _expectation(
        "expect_no_rows",
        WAREHOUSE_INTEGRITY,
        query=offending_rows_query(rule.sql),
        severity="critical",
        meta=_meta(rule.id, rule.title_zh, rule.title_en, "blocking", rule.sql),
    )


def _meta(rule_id: str, title_zh: str, title_en: str, severity: str, sql: str) -> Json:
    return {
        "rule_id": rule_id,
        "title_zh": title_zh,
        "title_en": title_en,
        "severity": severity,
        "sql": sql,
    }


def _expectation(kind: str, suite: str, *, query: str, severity: str, meta: Json) -> Json:
    return {
        "id": _id("expectation", kind, suite, meta["rule_id"]),
        "kwargs": {"unexpected_rows_query": query},
        "meta": meta,
        "severity": severity,
        "type": kind,
    }


def _suite(name: str, expectations: list[Json]) -> Json:
    ordered = sorted(expectations, key=lambda item: str(item["meta"]["rule_id"]))
    return {**_reference("suite", name), "expectations": ordered, "meta": {}, "notes": None}


def _definition(name: str, data: Json) -> Json:
    return {**_reference("definition", name), "data": data, "suite": _reference("suite", name)}


def _checkpoint(name: str, suites: Sequence[str]) -> Json:
    return {
        **_reference("checkpoint", name),
        "actions": [],
        "result_format": {"result_format": "COMPLETE"},
        "validation_definitions": [_reference("definition", suite) for suite in suites],
    }


def _assets(folder: Path) -> dict[str, Json]:
    """Return how a validation definition names each data asset of the configuration."""
    config = yaml.safe_load((folder / "great_expectations.yml").read_text("utf-8"))
    source = config["fluent_datasources"][DATASOURCE]
    return {
        name: {
            "asset": {"id": asset["id"], "name": name},
            "batch_definition": {"id": asset["batch_definitions"][BATCH]["id"], "name": BATCH},
            "datasource": {"id": source["id"], "name": DATASOURCE},
        }
        for name, asset in source["assets"].items()
    }


def _reference(kind: str, name: str) -> Json:
    return {"id": _id(kind, name), "name": name}


def _id(*names: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(("nianbao", *names))))


def _text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _remove_others(folder: Path, written: Sequence[Path]) -> None:
    for kind in {path.parent for path in written}:
        for path in set(kind.glob("*.json")) - set(written):
            path.unlink()


if __name__ == "__main__":
    from nianbao.quality.rule import load_rules

    write_suites(Path(sys.argv[1] if sys.argv[1:] else "great_expectations"), load_rules())
