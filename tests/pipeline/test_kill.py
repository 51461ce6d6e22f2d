"""A kill at any moment loses nothing: the next run gives the contents of an undisturbed one."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nianbao.warehouse.versions import load_versions
from support.sample_run import SampleRun, sample_run

STEPS = """
from nianbao.pipeline import harvest, reading, warehouse
from nianbao.settings import Settings
import sys
settings = Settings()
for shard in harvest.plan(settings):
    harvest.harvest(settings, shard, sys.argv[1], 1, None)
for batch in reading.pending(settings):
    reading.read(settings, batch)
built = warehouse.check(settings, warehouse.build(settings))
print("done", warehouse.publish(settings, built, without_gate=True))
"""


def started(run: SampleRun, name: str) -> subprocess.Popen[str]:
    settings = run.settings
    env = {
        **os.environ,
        "NIANBAO_HOME": str(settings.home),
        "NIANBAO_PORTALS_DIR": str(settings.portals_dir),
        "NIANBAO_READING_BATCH": "5",
    }
    command = [sys.executable, "-c", STEPS, name]
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)


def finished(run: SampleRun, name: str) -> str:
    with started(run, name) as process:
        output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return output


@pytest.mark.timeout(600)
def test_killed_again_and_again_the_contents_are_the_same(tmp_path: Path) -> None:
    with sample_run(tmp_path) as run:
        for number in range(8):
            with started(run, f"killed-{number}") as process:
                time.sleep(1.5 + 0.9 * number)
                process.kill()
        finished(run, "last")
        killed = load_versions(run.settings.warehouse_root)[-1].content_hash

        elsewhere = run.settings.model_copy(update={"home": tmp_path / "undisturbed"})
        finished(SampleRun(elsewhere, run.sites, run.inbox), "only")
        undisturbed = load_versions(elsewhere.warehouse_root)[-1].content_hash
    assert killed == undisturbed


def test_two_at_once_do_no_harm(tmp_path: Path) -> None:
    with sample_run(tmp_path) as run:
        both = [started(run, f"both-{number}") for number in range(2)]
        for process in both:
            process.communicate(timeout=120)
        finished(run, "last")
        versions = load_versions(run.settings.warehouse_root)
        reports = run.query("SELECT count(*), count(DISTINCT report_id) FROM reports")
    # What one publishes while the other still harvests tells that in `coverage`, and nowhere else.
    contents = [{**version.tables, "coverage": ""} for version in versions]
    assert contents == contents[:1] * len(versions)
    assert reports[0][0] == reports[0][1] == versions[-1].counts["reports"]
