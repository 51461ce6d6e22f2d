"""Personal data in texts: what it looks like, and how it is masked."""

from nianbao.privacy.texts import SHORTEST, candidate, masked

__all__ = ["SHORTEST", "candidate", "masked"]
