"""Which portals a harvest asks, by pattern and by place."""

import pytest

from nianbao.errors import ConfigurationError
from nianbao.model import Agency, Portal
from nianbao.pipeline.choosing import Choice, choose, is_within
from nianbao.settings import Settings


def portal(portal_id: str, *divisions: str) -> Portal:
    agencies = tuple(Agency(id=f"o{d}", name=f"某局{d}", division=d) for d in divisions)
    return Portal(id=portal_id, name=portal_id, family="static", agencies=agencies)


PORTALS = [
    portal("henan/zhengzhou", "410100", "410105"),
    portal("zhejiang/wenzhou", "330300"),
    portal("zhejiang/whole"),
    portal("zhejiang/yueqing", "330382"),
]


@pytest.mark.parametrize(
    ("choice", "chosen"),
    [
        (Choice(), ["henan/zhengzhou", "zhejiang/wenzhou", "zhejiang/whole", "zhejiang/yueqing"]),
        (Choice(portals=["zhejiang/w*"]), ["zhejiang/wenzhou", "zhejiang/whole"]),
        (Choice(portals=["henan/*", "*/yueqing"]), ["henan/zhengzhou", "zhejiang/yueqing"]),
        (Choice(places=["330300"]), ["zhejiang/wenzhou", "zhejiang/yueqing"]),
        (Choice(places=["330000"]), ["zhejiang/wenzhou", "zhejiang/whole", "zhejiang/yueqing"]),
        (Choice(places=["410105", "330382"]), ["henan/zhengzhou", "zhejiang/yueqing"]),
        (Choice(places=["330300"], portals=["*/w*"]), ["zhejiang/wenzhou"]),
    ],
)
def test_a_portal_has_to_meet_every_part_of_the_choice(choice, chosen):
    assert [found.id for found in choose(PORTALS, choice, Settings())] == chosen


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(portals=["zhejang/*"]), "no portal's id is like 'zhejang/.'; ids look like"),
        (Choice(places=["999999"]), "no administrative division has the code '999999'"),
        (Choice(places=["320100"]), "no chosen portal is for 320100 .南京市"),
        (Choice(places=["410000"], portals=["zhejiang/*"]), "no chosen portal is for 410000"),
        (Choice(only=["broken"]), "broken is none of failed, blocked, never_seen, late"),
    ],
)
def test_a_misprint_is_an_error_and_no_harvest_of_nobody(choice, message):
    with pytest.raises(ConfigurationError, match=message):
        choose(PORTALS, choice, Settings())


def test_a_place_takes_in_what_is_below_it_and_no_more():
    assert is_within("330382", "330300")
    assert is_within("330300", "330000")
    assert not is_within("330300", "330382")
    assert not is_within("340300", "330000")
