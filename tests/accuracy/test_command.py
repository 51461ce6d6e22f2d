"""`nianbao accuracy FOLDER`: a table, every silent error, and an exit status."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao.errors import ConfigurationError
from nianbao.pipeline.accuracy import score_folder

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
NAMES = ("html-cms-2019.html", "text-2021.txt", "q14-index.html")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("nianbao")
    return subprocess.run(
        [command, "accuracy", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A few documents with what they print."""
    for name in NAMES:
        shutil.copy(GOLDEN / name, tmp_path)
        shutil.copy(GOLDEN / f"{name}.json", tmp_path)
    return tmp_path


def change(folder: Path, code: str, cell: str) -> None:
    """Let the JSON file of the text say another number."""
    path = folder / "text-2021.txt.json"
    given = json.loads(path.read_text("utf-8"))
    given["reports"][0]["cells"][code] = cell
    path.write_text(json.dumps(given), "utf-8")


def test_documents_read_as_printed_exit_with_nought_and_give_a_page(folder: Path) -> None:
    page = folder.parent / "page.md"
    done = run(folder, "--write", page)
    assert done.returncode == 0
    assert "silent:" not in done.stdout
    assert "| html | 2019 | 1 |" in page.read_text("utf-8")


def test_silent_errors_and_files_that_stand_alone_are_listed(folder: Path) -> None:
    change(folder, "applications.received.total", "31415")
    (folder / "alone.html").write_text("<p>x</p>", "utf-8")
    (folder / "gone.pdf.json").write_text("{}", "utf-8")
    done = run(folder)
    [line] = [line for line in done.stdout.splitlines() if "silent:" in line]
    assert done.returncode == 1
    assert line.startswith("text-2021.txt: silent: applications.received.total: printed '31415'")
    assert "alone.html: no JSON file beside it" in done.stdout
    assert "gone.pdf.json: no document beside it" in done.stdout


def test_one_object_per_document(folder: Path) -> None:
    done = run(folder, "--json")
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["name"] for one in objects] == sorted(NAMES)
    assert all(one["complaints"] == [] for one in objects)


@pytest.mark.parametrize("content", [None, "{", '{"reports": [{"form": "2021"}]}'])
def test_a_folder_that_cannot_be_scored_is_one_line(folder: Path, content: str | None) -> None:
    if content is not None:
        (folder / "text-2021.txt.json").write_text(content, "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        score_folder(folder if content is not None else folder / "nowhere")
    assert len(str(raised.value).splitlines()) == 1
