"""Sentences that look like faults and are none, each in a report of its own on every form."""

from pathlib import Path

import pytest
import yaml

from support.text_checks import about_text

CASES = [
    (rule, sentence)
    for rule, some in yaml.safe_load(
        Path(__file__).with_name("cases.yaml").read_text("utf-8")
    ).items()
    for sentence in some
]


@pytest.mark.parametrize(("rule", "sentence"), CASES)
def test_a_lawful_sentence_sets_nothing_off(rule: str, sentence: str, checked) -> None:
    keys = [checked.lawful[f"{rule}/{form}", sentence] for form in range(4)]
    assert [about_text(checked.found[key]) for key in keys] == [set()] * 4
