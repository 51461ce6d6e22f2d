"""The queues of the Celery workers: what a task needs decides which worker may run it.

On one machine there is one worker, which ignores them.
"""

from typing import Final

CRAWL: Final = "crawl"
"""Needs the internet and the object store; where a task goes that names no queue."""
READ: Final = "read"
"""Needs the object store and LibreOffice, and must not reach the internet."""
WAREHOUSE: Final = "warehouse"
"""Needs the disk of the warehouse."""

QUEUES: Final = (CRAWL, READ, WAREHOUSE)
