"""Who decided, and why, stays between reviewers and agencies."""

from pathlib import Path


def test_an_export_has_the_states_and_nobody_s_name(exported: Path) -> None:
    header = (exported / "csv" / "check_results.csv").read_text("utf-8-sig").splitlines()[0]
    columns = header.split(",")
    assert {"item_key", "state", "state_at"} <= set(columns)
    assert not {"state_by", "state_reason"} & set(columns)
    files = {path.name for path in exported.rglob("*") if path.is_file()}
    kept_back = ("verdict_", "open_items", "watched_")
    assert not [name for name in files if name.startswith(kept_back)]
