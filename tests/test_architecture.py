"""The rules of the layout, as a program: who may import whom, and what stays where."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = ROOT / "include" / "nianbao"
KNOWN_BY_ALL = {"model", "errors", "settings", "forms", "divisions", "privacy"}
"""What each part of the library may import beside itself and `KNOWN_BY_ALL`."""
ALLOWED = {
    "model": set(),
    "errors": set(),
    "settings": set(),
    "divisions": set(),
    "privacy": set(),
    "forms": set(),
    "portals": set(),
    "accuracy": set(),
    "archive": set(),
    "crawl": {"portals", "archive"},
    "carry": {"archive"},
    "documents": set(),
    "reports": set(),
    "quality": set(),
    "warehouse": set(),
    "export": set(),
    "sample": set(),
    "site": set(),
    "verdicts": set(),
    "letters": set(),
    "pipeline": {
        "accuracy",
        "archive",
        "carry",
        "crawl",
        "documents",
        "export",
        "letters",
        "portals",
        "quality",
        "reports",
        "site",
        "verdicts",
        "warehouse",
    },
    "cli": {"accuracy", "carry", "pipeline", "warehouse"},
}


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", modules(LIBRARY), ids=lambda path: str(path.relative_to(LIBRARY)))
def test_imports_point_one_way(path: Path) -> None:
    part = path.relative_to(LIBRARY).parts[0].removesuffix(".py")
    if part == "__init__":
        return
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("nianbao.")}
    basics = KNOWN_BY_ALL if part not in {"model", "errors"} else {"model"}
    assert ours <= ALLOWED[part] | basics | {part}


def test_the_library_knows_no_airflow() -> None:
    found = {
        str(path)
        for path in modules(LIBRARY)
        for name in imported(path)
        if name.split(".")[0] in {"airflow", "nianbao_airflow"}
    }
    assert not found


def test_nothing_is_imported_through_the_include_folder() -> None:
    folders = (ROOT / "dags", ROOT / "plugins", ROOT / "include", ROOT / "tests")
    found = {
        str(path)
        for folder in folders
        for path in modules(folder)
        for name in imported(path)
        if name.split(".")[0] == "include"
    }
    assert not found


def test_the_folder_great_expectations_holds_data_only() -> None:
    assert not modules(ROOT / "great_expectations")


def test_plugins_hold_one_module() -> None:
    assert [path.name for path in modules(ROOT / "plugins")] == ["nianbao_plugin.py"]


def test_modules_stay_of_a_size_to_read() -> None:
    longest = 400
    folders = (LIBRARY, ROOT / "include" / "nianbao_airflow", ROOT / "dags")
    long = {
        str(path)
        for folder in folders
        for path in modules(folder)
        if len(path.read_text("utf-8").splitlines()) > longest
    }
    assert not long


def test_chinese_labels_of_the_forms_live_in_data() -> None:
    labels = re.compile("自然人|商业企业|科研机构|规范性文件|行政许可|予以公开|结果维持")
    found = {
        str(path.relative_to(ROOT))
        for path in modules(LIBRARY)
        if labels.search(re.sub(r'""".*?"""', "", path.read_text("utf-8"), flags=re.DOTALL))
    }
    assert not found
