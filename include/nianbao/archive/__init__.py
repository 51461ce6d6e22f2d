"""What was received, for good: bytes under their hash, and a log of every request."""

from nianbao.archive.journal import LogWriter
from nianbao.archive.log import FETCH_SCHEMA, History, history, read_log, write_part
from nianbao.archive.store import Archive

__all__ = ["FETCH_SCHEMA", "Archive", "History", "LogWriter", "history", "read_log", "write_part"]
