"""A finding in words."""

import pytest

from nianbao.site.checks.findings import decider
from nianbao.site.checks.words import check_words


@pytest.mark.parametrize(("who", "automatic"), [("nianbao", True), ("nianbao", None)])
def test_what_a_build_decided_is_told_as_that(who: str, automatic: bool | None) -> None:
    words = check_words("zh")
    assert decider(who, automatic, words) == words("agency.automatic")


def test_a_person_whose_user_has_the_pipeline_s_name_stays_a_person() -> None:
    assert decider("nianbao", False, check_words("zh")) == "nianbao"
