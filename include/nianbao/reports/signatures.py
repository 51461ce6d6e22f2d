"""A section as a few numbers, so that millions of sections can be compared for copied text.

The signature is a MinHash over shingles of characters, after numbers, years and the agency's own
names are masked: the share of equal places estimates the Jaccard similarity of two texts, with a
standard error of at most 0.045.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
import rensa  # type: ignore[import-untyped]
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from nianbao.model import Section

SIGNATURE_FORMAT = "rminhash2-128x32-seed711-char4-mask1"
"""Algorithm and its version, size, seed, shingle and masking: signatures of two formats never compare.

Raise the reader version with it.
"""
PLACES = 128
SHINGLE = 4
SHORTEST = 40
"""Characters left by the mask; a shorter section says no more than a set phrase that all share."""

_SEED = 711
_NUMBER, _NAME = "0", "_"
_NO_LETTERS = re.compile(r"\W+")
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)

Signature = list[int]
"""`PLACES` numbers of 32 bits."""


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    numerals: str
    units: str
    places: tuple[str, ...]
    selves: tuple[str, ...]
    bodies: tuple[str, ...]


def sign(sections: Sequence[Section], organisation: str) -> list[Signature | None]:
    """Return the signature of each section; `None` for one too short to mean anything."""
    texts = [masked(section.text, organisation) for section in sections]
    long = [text for text in texts if len(text) >= SHORTEST]
    if not long:
        return [None] * len(texts)
    rows = iter(_digests(long))
    return [next(rows) if len(text) >= SHORTEST else None for text in texts]


def similarity(one: Signature | None, other: Signature | None) -> float | None:
    """Return the estimated share of common shingles, from 0 to 1; `None` without both signatures.

    Raises `ValueError` for signatures of different lengths, which are of different formats.
    """
    if one is None or other is None:
        return None
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def masked(text: str, organisation: str) -> str:
    """Return the letters of a text alone, each number as `0` and each name of the agency as `_`."""
    whole = "".join(text.split())
    names = _names("".join(organisation.split())).sub(_NAME, whole)
    return _NO_LETTERS.sub("", _numbers().sub(_NUMBER, names))


def _digests(texts: Sequence[str]) -> list[Signature]:
    """Return the signature of each text; one call for all, since a call costs more than its work."""
    ends = np.cumsum([len(text) for text in texts])
    hashes = _hashes("".join(texts))
    # A shingle that runs over into the next text is none.
    own = [
        hashes[end - len(text) : end - SHINGLE + 1] for end, text in zip(ends, texts, strict=True)
    ]
    offsets = np.cumsum([0, *map(len, own)], dtype=np.uint64)
    flat = np.concatenate(own)
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(
        flat, offsets, num_perm=PLACES, seed=_SEED
    )
    rows: list[Signature] = matrix.to_rows()
    return rows


def _hashes(text: str) -> NDArray[np.uint64]:
    """Return a hash of 64 bits for each run of `SHINGLE` characters."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    count = len(signs) - SHINGLE + 1
    hashes = signs[:count]
    for place in range(1, SHINGLE):
        # Multiplied by an odd number and folded, so that each character reaches every bit.
        hashes = hashes * _ODD
        hashes ^= hashes >> _SHIFT
        hashes ^= signs[place : place + count]
    hashes *= _ODD
    return hashes ^ (hashes >> _SHIFT)


@lru_cache(maxsize=1024)
def _names(organisation: str) -> re.Pattern[str]:
    """Return what finds the agency in its own text: its name, the ends and the places of it, `我局`."""
    words = _words()
    ends = [organisation[start:] for start in range(len(organisation) - 2)]
    places = re.findall(f"(?:.{{2,8}}?)(?:{_any(words.places)})", organisation)
    alternatives = sorted({*ends, *places}, key=len, reverse=True)
    own = f"(?:{_any(words.selves)})(?:{_any(words.bodies)})"
    return re.compile("|".join([*map(re.escape, alternatives), own]))


@cache
def _numbers() -> re.Pattern[str]:
    words = _words()
    digits, numeral = r"\d+(?:\W\d+)*", f"[{words.numerals}]"
    return re.compile(f"(?:{digits}|{numeral}{{2,}}|{numeral}(?=[{words.units}])){numeral}*")


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _words() -> _Words:
    source = files("nianbao.reports") / "signatures.yaml"
    return _Words.model_validate(yaml.safe_load(source.read_text("utf-8")))
