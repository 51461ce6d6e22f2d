"""The command as people and scripts use it: JSON lines, exit codes, one clear line on stderr."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao.sample.errors import printed_reports
from nianbao.sample.oracle import expected_failures
from nianbao.sample.word_text import word_text

FIELDS = {
    "source",
    "sha256",
    "organisation",
    "report_year",
    "form",
    "scope",
    "title",
    "published_on",
    "sections",
    "cells",
    "narrative",
    "findings",
}
COMMANDS = [
    ["parse"],
    ["check"],
    ["accuracy"],
    ["portal", "check"],
    ["roster", "check"],
    ["roster", "add"],
    ["roster", "list"],
    ["roster", "deadlines"],
    ["build"],
    ["publish"],
    ["versions"],
    ["export"],
    ["report"],
    ["versions", "show"],
    ["rollback"],
    ["letter"],
    ["draft", "compare"],
]


def run(*arguments: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("nianbao")
    home = {"NIANBAO_HOME": str(folder)} if folder else {}
    return subprocess.run(
        [command, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **home},
    )


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A report with an error in its sums."""
    wrong = {(org, year) for org, year, rule, _ in expected_failures() if rule == "reviews_sum"}
    report = next(report for report in printed_reports() if report.key in wrong)
    path = tmp_path / "broken.txt"
    path.write_text(word_text(report), "utf-8")
    return path


def test_parse_prints_one_object_per_report(broken: Path) -> None:
    done = run("parse", broken)
    [line] = done.stdout.splitlines()
    parsed = json.loads(line)
    assert done.returncode == 0
    assert set(parsed) == FIELDS
    assert parsed["source"] == str(broken)
    assert all(
        {"raw", "kind", "value", "location"} <= set(cell) for cell in parsed["cells"].values()
    )


def test_a_file_that_cannot_be_read_does_not_stop_the_others(broken: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("放假通知", "utf-8")
    done = run("parse", other, tmp_path / "absent.txt", broken)
    codes = [json.loads(line).get("error", {}).get("code") for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert codes == ["not_a_report", "unreadable_file", None]


def test_check_prints_failing_checks_first(broken: Path) -> None:
    done = run("check", "--json", broken)
    statuses = [json.loads(line)["status"] for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert statuses == sorted(statuses, key=["fail", "not_assessable", "pass"].index)
    assert statuses[0] == "fail"


def test_check_for_people_names_the_rule_and_the_numbers(broken: Path) -> None:
    done = run("check", broken)
    assert "错误 error" in done.stdout
    assert "不通过 fail" in done.stdout


def test_an_unknown_portal_is_one_line_and_exit_code_two() -> None:
    done = run("portal", "check", "nowhere/nobody")
    assert done.returncode == 2
    assert done.stderr.startswith("nianbao: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_rollback_to_nothing_is_refused(tmp_path: Path) -> None:
    done = run("rollback", "20260101T000000Z-00000000", folder=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_no_versions_is_no_output(tmp_path: Path) -> None:
    done = run("versions", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(
    "options", [[], ["--format", "pdf"], ["--years", "last"], ["--format", "xlsx"]], ids=" ".join
)
def test_an_export_that_cannot_be_is_one_line(tmp_path: Path, options: list[str]) -> None:
    done = run("export", *options, folder=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


def test_a_home_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run("build", folder=tmp_path / "file" / "home")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_damaged_list_of_versions_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "versions.json").write_text("{", "utf-8")
    done = run("versions", folder=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_damaged_part_of_the_log_is_one_line(tmp_path: Path) -> None:
    part = tmp_path / "archive" / "log" / "run" / "part.parquet"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"")
    done = run("build", folder=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "part.parquet" in done.stderr
