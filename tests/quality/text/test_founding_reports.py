"""What the founding reports' texts must and must not set off."""

import json
from pathlib import Path

import duckdb
import pytest

from nianbao.quality.rule import load_rules
from nianbao.quality.run import run_checks
from support.text_checks import TEXT_THEMES, warehouse_of

pytestmark = pytest.mark.seeds

EXPECTED = {
    ("000", "error", "section_replaced", "other"),
    ("001", "info", "label_variant", "t2.r24"),
    ("001", "info", "ordinal_variant", "problems"),
    ("001", "warning", "aspects_missing", "overview"),
    ("002", "info", "ordinal_variant", "reviews"),
    ("003", "info", "aspects_missing_trial", "overview"),
    ("003", "warning", "row_deleted", "proactive.regulations"),
    ("003", "warning", "stale_year", "p14"),
    ("004", "info", "aspects_missing_trial", "overview"),
    ("004", "info", "label_variant", "t2.r8"),
    ("004", "info", "ordinal_variant", "applications"),
    ("004", "info", "ordinal_variant", "reviews"),
    ("004", "warning", "instruction_text", "p3"),
}
ABOUT_TEXT = ("S-", "Y-", "N-", "form altered", "label variant", "instruction text")


@pytest.fixture(scope="module")
def failed(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, ...]]:
    paths = sorted(seeds.glob("*.txt"))
    file = warehouse_of(
        tmp_path_factory.mktemp("seeds"), [path.read_text("utf-8") for path in paths]
    )
    run_checks(file, load_rules())
    themes = {rule.id: rule.theme for rule in load_rules()}
    with duckdb.connect(str(file), read_only=True) as con:
        rows = con.execute(
            "SELECT source_url, severity, rule_id, subject, quote FROM check_results "
            "JOIN reports USING (report_id)"
        ).fetchall()
    numbers = {f"{place}.txt": path.name[:3] for place, path in enumerate(paths)}
    return [
        (numbers[url], severity, rule, subject, quote or "")
        for url, severity, rule, subject, quote in rows
        if themes[rule] in TEXT_THEMES
    ]


def test_exactly_the_known_faults_of_their_texts_are_found(failed: list[tuple[str, ...]]) -> None:
    assert {row[:4] for row in failed} == EXPECTED


def test_what_must_fire_fires_at_its_severity_with_its_quote(
    failed: list[tuple[str, ...]], seeds: Path
) -> None:
    expected = json.loads((seeds / "expected-checks.json").read_text("utf-8"))
    for number, entry in expected.items():
        for must in (*entry["must_fire"], *entry.get("proposed", ())):
            if must["rule"].startswith(ABOUT_TEXT):
                about = [row for row in failed if row[:2] == (number, must["severity"])]
                quoted = "".join(must.get("quote", "").split())
                assert any(quoted in "".join(row[4].split()) for row in about), must["rule"]
