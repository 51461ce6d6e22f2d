"""The polite crawl: it asks as a good guest does, and writes down every answer."""

from nianbao.crawl.client import Client
from nianbao.crawl.clock import Clock
from nianbao.crawl.harvest import discover, harvest_portal, harvest_shard
from nianbao.crawl.shards import Shard, plan_shards

__all__ = [
    "Client",
    "Clock",
    "Shard",
    "discover",
    "harvest_portal",
    "harvest_shard",
    "plan_shards",
]
