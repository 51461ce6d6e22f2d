"""What `docs/exports.md` shows runs as it stands, in the folder of an export."""

import re
from pathlib import Path

import pytest
import yaml

from nianbao import __version__

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_a_snippet_runs(exported: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.chdir(exported)
    names: dict[str, object] = {}
    exec(compile(SNIPPETS[number], f"snippet {number}", "exec"), names)
    tables = [value for value in names.values() if hasattr(value, "empty")]
    assert not any(table.empty for table in tables)


def test_every_file_that_the_page_names_is_there(exported: Path) -> None:
    names = ["panel/panel.dta", "panel/panel.csv", "panel/panel_codebook.csv", "datapackage.json"]
    assert all(Path(name).name in PAGE and (exported / name).exists() for name in names)


def test_the_citation_file_says_version_and_licences() -> None:
    data = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert data["cff-version"] == "1.2.0"
    assert data["version"] == __version__
    assert {"message", "title", "authors"} <= data.keys()
    assert data["license"] == "Apache-2.0"
    assert data["references"][0]["license"] == "CC-BY-4.0"
