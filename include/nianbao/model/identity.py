"""Names and hashes that must come out the same on every machine and in every year."""

import hashlib
import re
import unicodedata

_NOISE = re.compile(r"[\s​‌‍⁠﻿­]+")


def sha256_of(data: bytes) -> str:
    """Return the lower-case hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def normalise_name(name: str) -> str:
    """Return an organisation's name for comparison: compatibility forms folded, white space gone."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name))


def org_id_for(name: str) -> str:
    """Return the id of an organisation that no portal record names: derived from its printed name."""
    return "name-" + sha256_of(normalise_name(name).encode())[:16]


def report_id_for(org_id: str, report_year: int, scope: str) -> str:
    """Return the id of a report: the hash of organisation id × report year × scope."""
    return sha256_of(f"{org_id}|{report_year}|{scope}".encode())[:16]
