"""The recipe in CONTRIBUTING.md followed to the letter, against a sample site of a known family."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nianbao.portals import load_portal
from nianbao.sample.sites import Site, serve_site

ROOT = Path(__file__).parents[2]
EXAMPLE = "www.example.gov.cn"


def blocks(language: str) -> list[str]:
    """Return the recipe's blocks of a language, without their indentation."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    recipe = text.partition("## Add a portal")[2].partition("\n## ")[0]
    found = re.findall(rf"^ +```{language}\n(.*?)^ +```$", recipe, re.DOTALL | re.MULTILINE)
    return [re.sub(r"^   ", "", block, flags=re.MULTILINE) for block in found]


@dataclass
class Desk:
    """A checkout's folder of records, somebody in front of it, and the site that is to be added."""

    folder: Path
    site: Site
    variables: str = ""

    def choose(self, block: str) -> None:
        """Set the recipe's variables, for the site that is served."""
        self.variables = block.replace(EXAMPLE, self.site.netlocs[0])

    def do(self, block: str) -> str:
        """Run a block of the recipe; a command that fails fails the test."""
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", self.variables + block],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                # The sample site is on this machine.
                "NIANBAO_NETWORKS": "127.0.0.0/8",
                "COLUMNS": "200",
            },
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def record(self) -> Path:
        return self.folder / "include" / "portals" / "shandong" / "example.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with serve_site("vsb") as (site, _):
        yield Desk(tmp_path, site)


def hurry(path: Path) -> None:
    """Leave out the rests between requests, which only this test can do without."""
    text = path.read_text("utf-8")
    path.write_text(text + "politeness: {seconds_between_requests: 0}\n", "utf-8")


def urls(lines: str) -> set[str]:
    return {json.loads(line)["url"] for line in lines.splitlines()}


def test_the_recipe_adds_a_portal(desk: Desk):
    choose, sniff, check, harvest = blocks("bash")
    _, verified = blocks("yaml")
    desk.choose(choose)
    desk.do(sniff)
    assert "family: vsb" in desk.record.read_text("utf-8")
    settings = [x for x in desk.record.read_text("utf-8").splitlines() if not x.startswith("#")]
    assert len(settings) <= 10
    hurry(desk.record)
    wanted = {url for url, entry in desk.site.report_urls().items() if entry.year == 2022}
    assert urls(desk.do(check)) == wanted
    summary, *table = desk.do(harvest).splitlines()
    assert json.loads(summary)["trouble"] == []
    (row,) = (line for line in table if "shandong/example" in line)
    assert f"{len(wanted)} fetched" in row
    text = desk.record.read_text("utf-8")
    desk.record.write_text(text.replace("verified: unverified\n", verified), "utf-8")
    assert load_portal(desk.record).verified == "live"


def test_ten_lines_written_by_hand_are_enough(desk: Desk):
    choose, _, check, _ = blocks("bash")
    (ten_lines, _) = blocks("yaml")
    assert len(ten_lines.splitlines()) == 10
    desk.choose(choose)
    desk.record.parent.mkdir(parents=True)
    here = 'networks: ["127.0.0.0/8"]\n'
    desk.record.write_text(ten_lines.replace(EXAMPLE, desk.site.netlocs[0]) + here, "utf-8")
    hurry(desk.record)
    assert urls(desk.do(check))
