"""The pools that the DAGs name; `pools.json` beside this file gives them their slots.

`airflow pools import` reads that file in the set-up. A task whose pool does not exist is never
scheduled, and Airflow only warns: hence constants, and a test that both files agree.
"""

from pathlib import Path
from typing import Final

HARVEST: Final = "nianbao_harvest"
"""Shards crawled at the same time, over all workers."""
READING: Final = "nianbao_reading"
"""Batches of documents read at the same time: one processor core each."""
WAREHOUSE: Final = "nianbao_warehouse"
"""One slot: the warehouse has one writer."""

FILE: Final = Path(__file__).with_name("pools.json")
"""What `airflow pools import` is given."""
