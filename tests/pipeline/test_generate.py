"""What derives from the form, rule and portal files is current in the repository."""

from pathlib import Path

from nianbao.pipeline.generate import generate

ROOT = Path(__file__).resolve().parents[2]


def test_the_derived_files_are_current() -> None:
    assert generate(ROOT, write=False) == []
