"""What the running text states against what was read of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.accuracy.expected import ExpectedFact
from nianbao.model import Fact


@dataclass(frozen=True, slots=True)
class FactScore:
    """The facts of one report, each that is not right in words."""

    right: int = 0
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def score_facts(
    stated: Sequence[ExpectedFact], not_stated: Sequence[str], read: Sequence[Fact]
) -> FactScore:
    """Return how well the facts were read; measures of which nothing is said are not scored."""
    left = list(read)
    right, lost = 0, []
    for wanted in stated:
        found = next((fact for fact in left if _is(wanted, fact)), None)
        if found is None:
            lost.append(wanted)
        else:
            left.remove(found)
            right += 1
    # A list of expected parts need not be complete, and a number may be said twice; another number
    # of a measure is an error.
    known = {wanted.measure for wanted in stated if wanted.label is None} | {*not_stated}
    again = {(wanted.measure, wanted.value) for wanted in stated}
    others = [f for f in left if f.measure in known and (f.measure, f.value) not in again]
    wrong = tuple(f"fact {f.measure} {f.value} {f.quote!r}" for f in others)
    return FactScore(right, tuple(f"missed fact {w.measure} {w.value}" for w in lost), wrong)


def _is(wanted: ExpectedFact, fact: Fact) -> bool:
    own = (wanted.measure, wanted.value, wanted.text)
    optional = ((wanted.unit, fact.unit), (wanted.label, fact.label))
    return own == (fact.measure, fact.value, fact.text) and all(
        printed is None or printed == got for printed, got in optional
    )
