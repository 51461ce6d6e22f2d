"""Faults that no single text shows: each is found, and no error beside it."""

from pathlib import Path

from support.registry_faults import MAKERS, cases, wrong_in
from support.text_checks import bodies


def test_each_kind_is_found_and_nothing_else(tmp_path: Path) -> None:
    seeded = cases(3, bodies())
    assert {case.kind for case in seeded} == set(MAKERS)
    assert wrong_in(tmp_path, seeded) == []
