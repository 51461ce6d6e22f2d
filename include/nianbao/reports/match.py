"""Printed row labels against the form's: exactly, then by alias, then by place and similarity."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from nianbao.forms import FormTable, Row
from nianbao.reports.text import label_key, level_of, without_ordinal
from nianbao.reports.values import read_value

How = Literal["exact", "alias", "position"]

_LEAST_SIMILAR = 55.0
"""Of 100, for a label that stands where the form has exactly one row left."""

_LEAST_ALONE = 85.0
"""Of 100, for a label whose place does not say which row it is."""


class Match(NamedTuple):
    """Printed label number `printed` is the form's row `row`."""

    printed: int
    label: str
    row: Row
    how: How


def match_rows(labels: Sequence[str], table: FormTable) -> list[Match]:
    """Match printed labels (comparable, in printed order) to the rows of a form table.

    Labels that match nothing, and rows that nothing matches, are simply absent from the result.
    """
    matches = _all_known(labels, _index(table))
    if len(matches) == sum(map(bool, labels)):
        return matches
    by_position = _by_position(labels, table.rows, matches)
    return sorted(matches + by_position, key=lambda match: match.printed)


@dataclass(frozen=True, slots=True)
class _Index:
    """The rows of a form table by their labels, each with its place in the form's order."""

    exact: dict[str, list[tuple[int, Row]]]
    variants: dict[str, list[tuple[int, Row]]]
    """By the official label and the aliases, with and without their ordinals."""


@cache
def _index(table: FormTable) -> _Index:
    index = _Index(defaultdict(list), defaultdict(list))
    for order, row in enumerate(table.rows):
        keys = [label_key(text) for text in (row.zh, *row.aliases)]
        index.exact[keys[0]].append((order, row))
        for key in {*keys, *(without_ordinal(key) for key in keys)}:
            index.variants[key].append((order, row))
    return _Index(dict(index.exact), dict(index.variants))


def _all_known(labels: Sequence[str], index: _Index) -> list[Match]:
    """Match the labels that are official or aliases.

    A form may print one label in several places (被依法纠错数 under reviews and under litigation):
    the first of them below the last match is meant.
    """
    matches: list[Match] = []
    last = -1
    for printed, label in enumerate(labels):
        found, how = _known(label, index) if label else ([], "exact")
        if found:
            last, row = _first_below(found, last)
            matches.append(Match(printed, label, row, how))
    return matches


def _first_below(found: Sequence[tuple[int, Row]], last: int) -> tuple[int, Row]:
    for place in found:
        if place[0] > last:
            return place
    return found[0]


def _known(label: str, index: _Index) -> tuple[list[tuple[int, Row]], How]:
    """Return the rows that a label names, in the form's order, all of them exactly or all by alias."""
    if exact := index.exact.get(label):
        return exact, "exact"
    rows = dict(index.variants.get(label, ()))
    if level := level_of(label):
        # `3.其他` below `（六）其他处理` is a part of that row, whatever it is called without its number.
        bare = index.variants.get(without_ordinal(label), ())
        rows |= {place: row for place, row in bare if level_of(row.zh) in ("", level)}
    return sorted(rows.items(), key=lambda item: item[0]), "alias"


def names(label: str, row: Row, table: FormTable) -> bool:
    """Tell whether a comparable label is one of a row's own."""
    return any(found is row for _, found in _known(label, _index(table))[0])


def _by_position(labels: Sequence[str], rows: Sequence[Row], matches: list[Match]) -> list[Match]:
    """Match what is left between two matched neighbours, in order, where the labels resemble."""
    order = {row.code: index for index, row in enumerate(rows)}
    anchors = [(-1, -1), *sorted((m.printed, order[m.row.code]) for m in matches)]
    anchors.append((len(labels), len(rows)))
    taken = {match.row.code for match in matches}
    found: list[Match] = []
    for (printed, row), (next_printed, next_row) in pairwise(anchors):
        free_labels = [i for i in range(printed + 1, next_printed) if labels[i]]
        if free_labels:
            between = rows[row + 1 : next_row]
            free_rows = [r for r in between if r.code not in taken and not r.optional]
            found += _fill(labels, free_labels, free_rows)
    return found


def _fill(labels: Sequence[str], printed: list[int], rows: list[Row]) -> list[Match]:
    pairs, least = list(zip(printed, rows, strict=False)), _LEAST_SIMILAR
    if len(printed) != len(rows) or _is_shifted([(labels[i], row) for i, row in pairs], rows):
        pairs = [(i, _most_similar(labels[i], rows)) for i in printed if rows]
        least = _LEAST_ALONE
    good = [(i, row) for i, row in pairs if _similar(labels[i], row) >= least]
    once = {row.code for _, row in good}
    return (
        [Match(i, labels[i], row, "position") for i, row in good] if len(once) == len(good) else []
    )


def _is_shifted(pairs: Sequence[tuple[str, Row]], rows: list[Row]) -> bool:
    """Tell whether a label that resembles its row resembles another one more.

    A caption among the labels and a row that is not printed make as many labels as rows, one off.
    """
    return any(
        similar >= _LEAST_SIMILAR and similar < _similar(label, _most_similar(label, rows))
        for label, row in pairs
        for similar in [_similar(label, row)]
    )


def _most_similar(label: str, rows: list[Row]) -> Row:
    return max(rows, key=lambda row: _similar(label, row))


def _similar(label: str, row: Row) -> float:
    official = label_key(row.zh)
    if _has_number(without_ordinal(label), without_ordinal(official)):
        return 0.0
    shorter = min(len(label), len(official))
    whole = fuzz.ratio(label, official)
    least_prefix = 4
    is_cut = shorter >= least_prefix and official.startswith(label)
    return 100.0 if is_cut else whole


def _has_number(label: str, official: str) -> bool:
    """Tell whether a label holds a value that is none of its words: a number that ran into it.

    The row's other numbers then stand one column further left than they belong.
    """
    more = Counter(filter(str.isdecimal, label)) - Counter(filter(str.isdecimal, official))
    rest = label.removeprefix(official)
    return bool(more) or (rest != label and read_value(rest).kind == "dash")
