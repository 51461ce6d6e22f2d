"""The version under which parsed data are kept."""

READER_VERSION = "5"
"""Raise it whenever the same bytes would read differently: a reader, a form file or the vocabulary.

Parts of the older version serve until the new ones are there.
"""
