"""A share of a campaign, in a process of its own: some hundred examples of one property by Hypothesis."""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings

from campaign.figures import Tally
from support.noise_formats import FORMATS, Case, Format
from support.noise_trip import trips


@dataclass(frozen=True)
class Chunk:
    """Which examples; `number` seeds what Hypothesis draws."""

    format: str
    loud: bool
    number: int
    examples: int

    @property
    def property(self) -> str:
        """What is claimed of them."""
        return "loud" if self.loud else "quiet"


def run_chunk(chunk: Chunk) -> dict[str, Tally]:
    """Return the counts by form; a failed property ends the chunk and is among the failures."""
    form, tallies = FORMATS[chunk.format], defaultdict[str, Tally](Tally)
    try:
        if form.convert is None:
            _by_hypothesis(chunk, form, tallies)
        else:
            _in_batches(chunk, form, tallies)
    except AssertionError as error:
        tallies["all"].failures.append(str(error))
    return dict(tallies)


def _by_hypothesis(chunk: Chunk, form: Format, tallies: dict[str, Tally]) -> None:
    failed = False

    @seed(chunk.number)
    @settings(
        max_examples=chunk.examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(form.cases(loud=chunk.loud))
    def hold(case: Case) -> None:
        nonlocal failed
        try:
            # What is tried again in order to simplify a failure does not count.
            _check(form, [case], {} if failed else tallies, exact=form.exact and not chunk.loud)
        except AssertionError:
            failed = True
            raise

    hold()


def _in_batches(chunk: Chunk, form: Format, tallies: dict[str, Tally]) -> None:
    rng = Random(f"{chunk.format} {chunk.loud} {chunk.number}")
    cases = [form.case(rng, loud=chunk.loud) for _ in range(chunk.examples)]
    for start in range(0, len(cases), form.batch):
        _check(form, cases[start : start + form.batch], tallies, exact=False)


def _check(form: Format, cases: list[Case], tallies: dict[str, Tally], *, exact: bool) -> None:
    started = time.perf_counter()
    for trip in trips(form, cases):
        tally = tallies.setdefault(trip.case.form, Tally())
        _count(tally, trip.score.counts, started)
        started = time.perf_counter()
        trip.check(exact=exact)


def _count(tally: Tally, counts: Counter[str], started: float) -> None:
    tally.examples += 1
    tally.cells += counts
    tally.seconds += time.perf_counter() - started
