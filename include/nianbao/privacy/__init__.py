"""Personal data in texts: what it looks like, and how it is masked."""

from nianbao.privacy.sources import file_name, told_source, web_address
from nianbao.privacy.texts import SHORTEST, candidate, masked

__all__ = ["SHORTEST", "candidate", "file_name", "masked", "told_source", "web_address"]
