"""`nianbao parse` on any file: JSON lines, or one clear error, and never a traceback."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent


def parse(*paths: Path) -> tuple[int, list[dict[str, Any]]]:
    """Return the exit code and the objects; anything else on the terminal is a failure."""
    command = Path(sys.executable).with_name("nianbao")
    done = subprocess.run(
        [command, "parse", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert done.stderr == ""
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def quick_ones(golden: Any) -> list[str]:
    """Return what is refused, and a document of each format: all of them go through the tests beside."""
    slow = {"pdf scan", "picture"}
    quick = {
        name: expected
        for name, expected in golden.expected.items()
        if expected.format not in slow and not golden.converted(name)
    }
    first = {expected.format: name for name, expected in reversed(quick.items())}
    return sorted({*first.values(), *(name for name, one in quick.items() if one.errors)})


def test_documents_of_every_format_give_reports_or_their_errors(
    golden: Any, tmp_path: Path
) -> None:
    copy = tmp_path / "二〇二一年 年报.html"
    copy.write_bytes(golden.bytes("html-cms-2021.html"))
    names = quick_ones(golden)
    exit_code, (first, *objects) = parse(copy, *(FOLDER / name for name in names))
    given = {name: [0, 0] for name in names}
    for one in objects:
        given[Path(one["source"]).name]["error" in one] += 1
    assert (exit_code, first["source"], first["report_year"]) == (1, str(copy), 2021)
    assert given == {
        name: [len(golden.expected[name].reports), len(golden.expected[name].errors)]
        for name in names
    }


ODD = {
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \r\n\t\n", "empty"),
    "notes.txt": ("放假通知".encode(), "not_a_report"),
    "中文 名称（一）.pdf": (b"%PDF-1.4 nothing", "damaged"),
    "program": (b"\x7fELF" + bytes(4000), "unsupported_format"),
    "huge.txt": ("不是报告的一行文字\n".encode() * 100_000, "not_a_report"),
    "one-line.txt": (b"x" * 1_000_000, "not_a_report"),
}


def test_odd_files_are_one_clear_error_each(tmp_path: Path) -> None:
    random_bytes = tmp_path / "random.doc"
    random_bytes.write_bytes(random.Random(1).randbytes(50_000))
    for name, (content, _) in ODD.items():
        (tmp_path / name).write_bytes(content)
    nowhere = {tmp_path / "absent.pdf": "unreadable_file", tmp_path: "unreadable_file"}
    codes = {tmp_path / name: code for name, (_, code) in ODD.items()}
    codes |= {**nowhere, Path("/dev/null"): "empty"}
    exit_code, objects = parse(*codes, random_bytes)
    found = {Path(one["source"]): one["error"]["code"] for one in objects}
    assert exit_code == 1
    assert found.pop(random_bytes)
    assert found == codes
    assert all(len(one["error"]["message"].splitlines()) == 1 for one in objects)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "secret.html"
    path.write_text("<p>x</p>", "utf-8")
    path.chmod(0)
    exit_code, [one] = parse(path)
    assert (exit_code, one["error"]["code"]) == (1, "unreadable_file")
