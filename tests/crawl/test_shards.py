import json
from dataclasses import asdict

from nianbao.crawl import plan_shards
from nianbao.crawl.shards import host_groups
from nianbao.model import Portal


def _portal(portal_id: str, *hosts: str, enabled: bool = True) -> Portal:
    return Portal(id=portal_id, name="某市", family="hanweb", hosts=hosts, enabled=enabled)


def test_portals_of_a_host_stay_together_even_by_way_of_a_third():
    portals = [_portal("a", "x"), _portal("b", "y"), _portal("c", "z"), _portal("d", "X", "y")]
    groups = [[portal.id for portal in group] for group in host_groups(portals)]
    assert groups == [["a", "b", "d"], ["c"]]


def test_shards_are_filled_without_tearing_a_host():
    portals = [_portal(f"p{n}", f"h{n}") for n in range(5)]
    assert [len(shard.portal_ids) for shard in plan_shards(portals, most=2)] == [2, 2, 1]
    same = [_portal(f"p{n}", "h") for n in range(5)]
    assert [len(shard.portal_ids) for shard in plan_shards(same, most=2)] == [5]


def test_a_plan_is_the_same_whatever_the_order():
    portals = [_portal(f"p{n}", f"h{n % 3}") for n in range(9)]
    assert plan_shards(portals, most=4) == plan_shards(portals[::-1], most=4)


def test_disabled_portals_are_left_out():
    assert plan_shards([_portal("a", "x", enabled=False)]) == []


def test_a_shard_fits_in_json():
    (shard,) = plan_shards([_portal("a", "x")])
    assert json.loads(json.dumps(asdict(shard))) == {"portal_ids": ["a"], "hosts": ["x"]}


def test_inboxes_are_apart():
    inboxes = [
        Portal(id=name, name="收件箱", family="inbox", start_urls=(f"s3://{name}",))
        for name in ("a", "b")
    ]
    assert len(host_groups(inboxes)) == 2


def test_where_there_would_be_too_many_shards_they_are_larger():
    portals = [_portal(f"p{number:03}", f"h{number}") for number in range(100)]
    for limit in (1, 7, 30):
        shards = plan_shards(portals, most=2, limit=limit)
        assert len(shards) <= limit
        assert sum(len(shard.portal_ids) for shard in shards) == len(portals)
    assert plan_shards(portals, most=20, limit=500) == plan_shards(portals, most=20)


def test_a_third_host_joins_two_groups():
    portals = [_portal("a", "x"), _portal("b", "y"), _portal("c", "y", "x"), _portal("d", "z")]
    groups = [[portal.id for portal in group] for group in host_groups(portals)]
    assert groups == [["a", "b", "c"], ["d"]]
