"""The shapes that the rules speak of: temporary tables and views, generated from the form files."""

from nianbao.quality.tidy.build import create_tidy

__all__ = ["create_tidy"]
