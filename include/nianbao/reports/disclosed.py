"""Counts of what was disclosed: a total with its 其中 breakdown, or single counts by kind and channel."""

import re
from collections.abc import Iterator
from functools import cache

from nianbao.model import Fact
from nianbao.reports.numerals import PATTERN, read_numeral
from nianbao.reports.vocabulary import vocabulary

_CLAUSE = re.compile(r"[^，,：:；;。]+")
_NUMERAL = re.compile(r"[\d〇零一二两三四五六七八九十百千]")
"""Stands in all that states a count; looked for first, since most clauses state none."""


def read_disclosed(sentence: str, location: str) -> Iterator[Fact]:
    """Yield the counts of one sentence; those after 其中 belong to the total before it."""
    if not (_NUMERAL.search(sentence) and _disclosing().search(sentence)):
        return
    total: Fact | None = None
    in_breakdown = False
    for clause in _CLAUSE.findall(sentence):
        begins = _begins_breakdown(clause)
        in_breakdown = total is not None and (in_breakdown or begins)
        if not _NUMERAL.search(clause):
            continue
        if not (in_breakdown or _speaks_of_disclosure(clause)):
            continue
        found = _count(clause)
        if found is None:
            continue
        if vocabulary().comparing.search(clause[: found.start()]):
            continue
        if not in_breakdown and _is_total(clause[: found.start()]):
            total = _fact("disclosed.total", found, clause, location)
            yield total
        else:
            part_of = total.value if total is not None and in_breakdown else None
            yield _fact("disclosed.part", found, clause, location, part_of=part_of)


def _begins_breakdown(clause: str) -> bool:
    return clause.strip().startswith(vocabulary().breakdown)


def _speaks_of_disclosure(clause: str) -> bool:
    return bool(_disclosing().search(clause)) and not any(
        word in clause for word in vocabulary().not_disclosing
    )


@cache
def _disclosing() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, vocabulary().disclosing)))


def _is_total(before: str) -> bool:
    """Tell by the words before a count whether it is of all that was disclosed: 累计发布信息19条.

    经济分析4篇 is not.
    """
    words = vocabulary()
    return before.rstrip().endswith((*words.items, *words.total)) and any(
        word in before for word in words.total
    )


def _count(clause: str) -> re.Match[str] | None:
    """Return the last count of a clause, which is the one its words lead up to."""
    return next(reversed(list(_pattern().finditer(clause))), None)


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(vocabulary().narrative_units)
    return re.compile(rf"(?P<n>{PATTERN})\s*(?P<u>{units})(?=$|[、）)的余])")


def _fact(
    measure: str, found: re.Match[str], clause: str, location: str, part_of: object = None
) -> Fact:
    return Fact(
        measure=measure,
        value=read_numeral(found["n"]),
        unit=found["u"],
        quote=clause.strip(),
        location=location,
        label=_label(clause[: found.start()]) if measure.endswith("part") else None,
        part_of=part_of,  # type: ignore[arg-type]
    )


def _label(before: str) -> str:
    """Return what is counted: the words between the verb of disclosure and the number."""
    words = _verbs().split(before.strip())[-1] or before.strip()
    return words.strip(" 为共计了：:")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join((*vocabulary().disclosing, *vocabulary().breakdown)))
