"""Faults of the running text, one in each otherwise clean report: found, and nothing beside them."""

import pytest

from nianbao.quality.rule import load_rules
from nianbao.sample.text_faults import text_faults
from support.text_checks import TEXT_THEMES, about_text, wrong_findings

WITHOUT_SEED = {"late", "absent", "changed_after_publication", "image_only", "list_disagrees"}
"""What no text shows; `test_publication.py` has these."""


@pytest.mark.parametrize("fault", [fault.name for fault in text_faults()])
def test_a_fault_is_found_and_nothing_else(fault: str, checked) -> None:
    seeded = [one for one in checked.faults if one.fault.name == fault]
    assert wrong_findings(checked.found, seeded) == []


def test_every_rule_about_text_has_a_fault_that_it_must_find() -> None:
    rules = {rule.id for rule in load_rules() if rule.theme in TEXT_THEMES}
    assert rules - WITHOUT_SEED == {fault.rule for fault in text_faults()}


def test_nothing_fires_on_clean_reports(checked) -> None:
    assert {key: about_text(checked.found[key]) for key in checked.clean} == {
        key: set() for key in checked.clean
    }
