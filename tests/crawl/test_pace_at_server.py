"""The pace as the hosts see it: 50 portals over 10 hosts, asked by several real processes at once."""

from collections.abc import Sequence
from pathlib import Path

from nianbao.pipeline.harvest import plan
from support.paced_hosts import HOSTS, PORTALS_PER_HOST, REPORTS, Host, at_once, hosts_of, ten_hosts

SECONDS = 0.05


def assert_paced(hosts: dict[str, Host], robots: int) -> None:
    requests = PORTALS_PER_HOST * (1 + REPORTS) + robots
    assert {len(host.turns) for host in hosts.values()} == {requests}
    assert min(gap for host in hosts.values() for gap in host.gaps()) >= SECONDS
    assert sum(host.overlaps() for host in hosts.values()) == 0


def test_the_plan_gives_each_host_to_one_process_and_the_pace_holds(tmp_path: Path):
    with ten_hosts(tmp_path, SECONDS) as (settings, hosts):
        shards = plan(settings)
        assert len(shards) > 1
        assert all(len(numbers) == 1 for numbers in hosts_of(settings, shards).values())
        at_once(settings, shards)
    assert_paced(hosts, robots=1)


def test_processes_that_share_a_host_by_mistake_still_keep_its_pace(tmp_path: Path):
    with ten_hosts(tmp_path, SECONDS) as (settings, hosts):
        ids = [portal_id for shard in plan(settings) for portal_id in shard]
        shards: Sequence[Sequence[str]] = [
            [i for i in ids if int(i[-2:]) // HOSTS == part] for part in range(PORTALS_PER_HOST)
        ]
        assert {len(numbers) for numbers in hosts_of(settings, shards).values()} == {len(shards)}
        at_once(settings, shards)
    assert_paced(hosts, robots=len(shards))
