"""Printed row labels against the form's: exactly, then by alias, then by place and similarity."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz

from nianbao.forms import Row
from nianbao.reports.text import label_key, without_ordinal

How = Literal["exact", "alias", "position"]

_LEAST_SIMILAR = 55.0
"""Of 100, for a label that stands where the form has exactly one row left."""

_LEAST_ALONE = 85.0
"""Of 100, for a label whose place does not say which row it is."""


@dataclass(frozen=True, slots=True)
class Match:
    """Printed label number `printed` is the form's row `row`."""

    printed: int
    label: str
    row: Row
    how: How


def match_rows(labels: Sequence[str], rows: Sequence[Row]) -> list[Match]:
    """Match printed labels (comparable, in printed order) to the rows of a form table.

    Labels that match nothing, and rows that nothing matches, are simply absent from the result.
    """
    matches = _all_known(labels, rows)
    return sorted(matches + _by_position(labels, rows, matches), key=lambda match: match.printed)


def _all_known(labels: Sequence[str], rows: Sequence[Row]) -> list[Match]:
    """Match the labels that are official or aliases.

    A form may print one label in several places (被依法纠错数 under reviews and under litigation):
    the first of them below the last match is meant.
    """
    order = {row.code: index for index, row in enumerate(rows)}
    matches: list[Match] = []
    last = -1
    for index, label in enumerate(labels):
        found, how = _known(label, rows) if label else ([], "exact")
        if found:
            below = [row for row in found if order[row.code] > last]
            row = (below or found)[0]
            last = order[row.code]
            matches.append(Match(index, label, row, how))
    return matches


def _known(label: str, rows: Sequence[Row]) -> tuple[list[Row], How]:
    """Return the rows that a label names, all of them exactly or all by alias."""
    if exact := [row for row in rows if label == label_key(row.zh)]:
        return exact, "exact"
    bare = without_ordinal(label)
    return [row for row in rows if {label, bare} & _variants(row.zh, row.aliases)], "alias"


@lru_cache(maxsize=1024)
def _variants(zh: str, aliases: tuple[str, ...]) -> frozenset[str]:
    keys = [label_key(text) for text in (zh, *aliases)]
    return frozenset([*keys, *(without_ordinal(key) for key in keys)])


def _by_position(labels: Sequence[str], rows: Sequence[Row], matches: list[Match]) -> list[Match]:
    """Match what is left between two matched neighbours, in order, where the labels resemble."""
    order = {row.code: index for index, row in enumerate(rows)}
    anchors = [(-1, -1), *sorted((m.printed, order[m.row.code]) for m in matches)]
    anchors.append((len(labels), len(rows)))
    taken = {match.row.code for match in matches}
    found: list[Match] = []
    for (printed, row), (next_printed, next_row) in pairwise(anchors):
        free_labels = [i for i in range(printed + 1, next_printed) if labels[i]]
        free_rows = [r for r in rows[row + 1 : next_row] if r.code not in taken and not r.optional]
        found += _fill(labels, free_labels, free_rows)
    return found


def _fill(labels: Sequence[str], printed: list[int], rows: list[Row]) -> list[Match]:
    least = _LEAST_SIMILAR if len(printed) == len(rows) else _LEAST_ALONE
    if len(printed) == len(rows):
        pairs = list(zip(printed, rows, strict=True))
    else:
        pairs = [(i, _most_similar(labels[i], rows)) for i in printed if rows]
    good = [(i, row) for i, row in pairs if _similar(labels[i], row) >= least]
    once = {row.code for _, row in good}
    return (
        [Match(i, labels[i], row, "position") for i, row in good] if len(once) == len(good) else []
    )


def _most_similar(label: str, rows: list[Row]) -> Row:
    return max(rows, key=lambda row: _similar(label, row))


def _similar(label: str, row: Row) -> float:
    official = label_key(row.zh)
    shorter = min(len(label), len(official))
    whole = fuzz.ratio(label, official)
    least_prefix = 4
    is_cut = shorter >= least_prefix and official.startswith(label)
    return 100.0 if is_cut else whole
