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


def org_id_for(name: str, place: str = "") -> str:
    """Return the id of an organisation that no portal record names.

    It derives from its name, and where its place is known from that too (a division's code): two
    counties of one name have each their 商务局.
    """
    whole = f"{place}|{normalise_name(name)}" if place else normalise_name(name)
    return "name-" + sha256_of(whole.encode())[:16]


def report_id_for(org_id: str, report_year: int, scope: str) -> str:
    """Return the id of a report: the hash of organisation id × report year × scope."""
    return sha256_of(f"{org_id}|{report_year}|{scope}".encode())[:16]
