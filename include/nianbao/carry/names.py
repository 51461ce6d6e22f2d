"""Which names may stand in a pack: everything else is refused, so no name leads out of its place."""

import re
from typing import Literal

Kind = Literal["bytes", "log", "journal", "proof", "parsed", "checks", "version", "small"]

_STEP = r"(?!\.)[A-Za-z0-9%._~+\-]+"
"""One step of a path that we name ourselves: run ids are percent-encoded, nothing begins with a dot."""
_ANY_STEP = r"(?!\.{1,2}(?:/|$))[^/\\:\x00-\x1f\x7f]+"
"""One step below a published version, whose pages and exports have Chinese names."""
_KINDS: dict[Kind, re.Pattern[str]] = {
    "bytes": re.compile(r"bytes/(?P<two>[0-9a-f]{2})/(?P<sha256>(?P=two)[0-9a-f]{62})"),
    "log": re.compile(rf"log/{_STEP}/{_STEP}\.parquet"),
    "journal": re.compile(rf"log/{_STEP}/{_STEP}\.journal"),
    "proof": re.compile(rf"(?:asked|listed)/{_STEP}/{_STEP}\.parquet"),
    "parsed": re.compile(rf"parsed/{_STEP}/{_STEP}\.parquet"),
    "checks": re.compile(rf"warehouse/checks/{_STEP}\.parquet"),
    "version": re.compile(rf"warehouse/versions/{_STEP}(?:/{_ANY_STEP})+"),
    "small": re.compile(
        r"standing\.json|warehouse/versions\.json|warehouse/\.draft_portals\.json|identities\.csv"
        r"|stores/(?:verdicts|airflow)\.sqlite"
        r"|stores/airflow/(?:secrets|passwords|prepared)\.json"
        rf"|(?:roster|portals)(?:/{_ANY_STEP})+"
    ),
}
ARCHIVE: frozenset[Kind] = frozenset({"bytes", "log", "journal", "proof", "parsed"})
"""What a pack between two zones may hold; a backup may hold every kind."""


def kind_of(path: str) -> Kind | None:
    """Return what a name in a pack stands for, or `None` for one that no pack of ours has."""
    found = (kind for kind, pattern in _KINDS.items() if pattern.fullmatch(path))
    return next(found, None)


def hash_in(path: str) -> str | None:
    """Return the SHA-256 that the name of archived bytes promises."""
    match = _KINDS["bytes"].fullmatch(path)
    return match["sha256"] if match else None


def path_of_bytes(sha256: str) -> str:
    """Return the place of some bytes below an archive."""
    return f"bytes/{sha256[:2]}/{sha256}"
