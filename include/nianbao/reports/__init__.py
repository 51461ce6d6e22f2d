"""`Document` to `Report`: the form recognised by its labels, every cell placed, nothing guessed."""

from nianbao.reports.recognise import recognise
from nianbao.reports.version import READER_VERSION

__all__ = ["READER_VERSION", "recognise"]
