"""What goes, what stays, and that a dry run only tells."""

import json
import os
from pathlib import Path

import pytest

from nianbao.pipeline.watching.housekeeping import Keep, housekeeping
from nianbao.settings import Settings

NEWEST = 4


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Five versions with exports, builds that a kill left, and sources."""
    root = tmp_path / "home" / "warehouse"
    entries = []
    for number in range(NEWEST + 1):
        name = f"2026010{number + 1}T000000Z-0000000{number}"
        for file in ("nianbao.duckdb", "expectation_reports/index.html", "exports/a.csv"):
            path = root / "versions" / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("12345")
        os.utime(root / "versions" / name / "exports", (0, 0))
        facts = {"id": name, "content_hash": "", "inputs_hash": "", "published_at": "2026-01-01"}
        (root / "versions" / name / "version.json").write_text(json.dumps({**facts, "counts": {}}))
        entries.append({**facts, "counts": {}, "sequence": number + 1})
    (root / "versions.json").write_text(json.dumps({"versions": entries, "rollback": None}))
    (root / "current").symlink_to(f"versions/{entries[-1]['id']}")
    for build in ("00000003-aa", "00000009-bb"):
        (root / "staging" / build).mkdir(parents=True)
    for source in ("archive/bytes/aa", "parsed/1/part", "warehouse/checks/a"):
        (tmp_path / "home" / source).mkdir(parents=True)
    return Settings(home=tmp_path / "home")


def standing(settings: Settings) -> list[str]:
    home = settings.home
    return sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.name != "lock")


def kinds(result: dict) -> list[tuple[str, str]]:
    return [(r["kind"], "/".join(Path(r["path"]).parts[-2:])[-10:]) for r in result["removals"]]


def test_a_dry_run_tells_what_would_go_and_removes_nothing(settings: Settings) -> None:
    housekeeping(settings, Keep(10, 10**6), dry_run=True)  # the lock file is there from now on
    before = standing(settings)
    told = housekeeping(settings, Keep(3, 30), dry_run=True)
    assert standing(settings) == before
    done = housekeeping(settings, Keep(3, 30))
    assert told["removals"] == done["removals"]
    assert told["freed_bytes"] == done["freed_bytes"] > 0
    assert done["problems"] == []


def test_old_versions_go_with_their_reports_and_old_exports_of_those_that_stay(settings: Settings):
    result = housekeeping(settings, Keep(3, 30))
    assert [kind for kind, _ in kinds(result)] == ["version"] * 2 + ["exports"] * 2 + ["staging"]
    left = standing(settings)
    versions = [name for name in left if name.endswith("expectation_reports/index.html")]
    assert len({name for name in versions if "/versions/" in name}) == 3
    exports = [name for name in left if name.endswith("exports/a.csv") and "/versions/" in name]
    # Readers see the newest: its exports are never old.
    assert len(exports) == 1
    assert f"0000000{NEWEST}" in exports[0]
    assert [name for name in left if "staging/" in name] == ["warehouse/staging/00000009-bb"]


def test_sources_are_never_touched_and_a_second_run_finds_nothing(settings: Settings) -> None:
    housekeeping(settings, Keep(2, 0))
    left = standing(settings)
    assert {"archive/bytes/aa", "parsed/1/part", "warehouse/checks/a"} <= {*left}
    assert housekeeping(settings, Keep(2, 0))["removals"] == []
    assert standing(settings) == left


def test_a_disk_that_is_nearly_full_is_told(settings: Settings) -> None:
    assert housekeeping(settings, Keep(2, 0, least_free=1.1), dry_run=True)["disk"]
    assert not housekeeping(settings, Keep(2, 0, least_free=0.0), dry_run=True)["disk"]
