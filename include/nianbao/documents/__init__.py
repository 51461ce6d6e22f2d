"""Bytes to `Document`: one reader per format, chosen by content and never by name or header."""

from nianbao.documents.read import read_document

__all__ = ["read_document"]
