"""Applicants' names and addresses in texts, and what only looks like them."""

import re

import pytest

from nianbao.privacy.numbers import likely
from nianbao.privacy.people import candidate, mask_people, personal_words


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("申请人王小明向我局提出申请。", "申请人王**向我局提出申请。"),
        ("申请人（李红）要求公开规划图。", "申请人（李*）要求公开规划图。"),
        ("其家庭住址为和平路3号楼2单元。", "其家庭住址为和*****2单元。"),
    ],
)
def test_an_applicant_is_masked_but_for_the_first_character(text: str, masked: str) -> None:
    assert mask_people(text) == masked
    assert re.search(candidate(), text)


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提出书面申请。",
        "申请人陈述意见后提出申请。",
        "申请人王某提出申请。",
        "局长王小明向大会作了报告。",
        "申请表应当填写住址，如和平路3号楼。",
        "办公地址为和平路3号楼。",
    ],
)
def test_what_names_no_applicant_stays(text: str) -> None:
    assert list(personal_words(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138-1234-5678",
        "１３８１２３４５６７８",
        "370983199001011234",
        "370983900101123",
    ],
)
def test_every_personal_number_is_likely_one(text: str) -> None:
    assert re.search(likely(), text)
